import type { Evidence } from '../../model/evidence.ts';
import { defineRule } from '../../model/rule.ts';
import { deadFamilyOf, familyOfAddress } from '../families.ts';
import { policyCommands, policyDoubt } from '../flows/doubt.ts';
import { FAMILY_WORDS, type Family } from '../links.ts';
import { haveClusterDns } from '../nameservers.ts';
import { WAY_EVIDENCE, WAY_PROBES } from '../way-out.ts';
import { listed } from '../wording.ts';

/** Names outside are asked of servers outside, by cluster DNS or by the pod: over the same way where they are of the dead family. */
const namesOver = (
  dead: Family,
  servers: readonly string[],
  dnsService: Evidence['dnsService'],
): readonly string[] => {
  if (servers.length === 0 || servers.some((server) => familyOfAddress(server) !== dead)) return [];
  return haveClusterDns(servers, dnsService) === false
    ? ['nameserver-silent']
    : [
        'upstream-dns-broken',
        'nameserver-silent/external-name',
        'name-server-failure/external-name',
        'name-query-refused/external-name',
      ];
};

/** Each target that the user named is told by `named-target-dead`. */
export default defineRule({
  id: 'one-family-broken',
  code: 'NC6008',
  layer: 'port',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, internetMode, maybe, observations, destination }) => {
    const found = deadFamilyOf(observations, internetMode);
    if (found === undefined) return [];
    const { dead, alive, failed } = found;
    // A policy with a range of one family only (0.0.0.0/0 and no ::/0) does just this.
    const doubt = policyDoubt('internet', observations, maybe, destination);
    const servers = observations['resolv-conf'].flatMap(({ outcome }) =>
      outcome.kind === 'resolv-conf' ? outcome.nameservers : [],
    );
    return [
      {
        about: dead,
        confidence: doubt.confidence,
        summary: `${FAMILY_WORDS[dead]} does not get out of this pod, ${FAMILY_WORDS[alive]} does: no answer from ${listed(failed.map(({ target: to }) => to))}`,
        evidence: [...failed.map(({ text }) => text), ...doubt.lines],
        explains: namesOver(dead, servers, maybe.dnsService),
        next: [
          ...policyCommands(doubt, target.namespace),
          'kubectl get nodes -o wide',
          "kubectl get nodes -o jsonpath='{.items[*].status.addresses}'",
        ],
      },
    ];
  },
});
