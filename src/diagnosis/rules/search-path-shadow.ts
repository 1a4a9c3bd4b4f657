import { defineRule } from '../../model/rule.ts';
import { shadowDomain } from '../answers.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES, resolvConfOf } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

/** An error where it makes the cluster's name wrong; a warning where the right address came too, or is not known. */
export default defineRule({
  id: 'search-path-shadow',
  code: 'NC3006',
  layer: 'name',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: NAME_EVIDENCE,
  probes: NAME_PROBES,
  evaluate: ({ target, maybe, observations }) => {
    const { cluster, bypass } = readNames(observations, maybe);
    if (bypass !== undefined) return [];
    const search = resolvConfOf(observations)?.search ?? [];
    const hits = ofPurpose(observations['dns-lookup'], 'cluster-name').flatMap((lookup) => {
      const outcome = measured(lookup.outcome);
      if (outcome?.kind !== 'answered') return [];
      const domain = shadowDomain(lookup, outcome, search);
      return domain === undefined ? [] : [{ lookup, outcome, domain }];
    });
    if (hits.length === 0) return [];
    const wrong = cluster.state === 'failed' && cluster.kind === 'wrong-answer';
    return [
      {
        severity: wrong ? 'error' : 'warning',
        confidence: wrong ? 'certain' : 'likely',
        summary: `The search domain ${listed(unique(hits.map(({ domain }) => domain)))} answers for names of Services`,
        evidence: [
          ...hits.map(
            ({ lookup, outcome }) =>
              `${lookup.question.name} was answered as ${outcome.answeredName}: ${listed(outcome.addresses.map(({ address }) => address))}`,
          ),
          `search list: ${search.join(' ')}`,
        ],
        explains: ['name-wrong-answer/cluster-name'],
        next: [
          ...hits.map(({ domain }) => `nslookup no-such-name.${inCommand(domain, 'DOMAIN')}.`),
          `${kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'))} -o jsonpath='{.spec.dnsConfig}'`,
        ],
      },
    ];
  },
});
