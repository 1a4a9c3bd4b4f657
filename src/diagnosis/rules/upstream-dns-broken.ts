import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { intermittent } from '../intermittent.ts';
import type { FailureKind } from '../name-state.ts';
import { failureLines } from '../name-text.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';

/**
 * NXDOMAIN is an answer, so there the upstream works: `name-not-found`. A port that refuses is the nameserver's own, as CoreDNS
 * says SERVFAIL where its upstream does so.
 */
const OF_UPSTREAM: readonly FailureKind[] = ['timed-out', 'server-failure', 'query-refused'];

export default defineRule({
  id: 'upstream-dns-broken',
  code: 'NC3010',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: NAME_EVIDENCE,
  probes: NAME_PROBES,
  evaluate: ({ maybe, observations }) => {
    const names = readNames(observations, maybe);
    const { cluster, external } = names;
    if (cluster.state !== 'ok' || external.state !== 'failed') return [];
    if (!OF_UPSTREAM.includes(external.kind)) return [];
    // Where cluster names fail now and then too, it may as well be the nameserver, or the way to it.
    const unsteady = intermittent(names);
    return [
      {
        confidence: unsteady.length > 0 ? 'possible' : 'likely',
        summary:
          'Cluster DNS answers for its own names, but not for names outside: the servers that it forwards to do not answer it',
        evidence: [
          `${cluster.lookup.question.name}: answered by ${cluster.outcome.server}`,
          ...failureLines([...unsteady, ...external.failed]),
        ],
        explains: [
          'nameserver-silent/external-name',
          'name-server-failure/external-name',
          'name-query-refused/external-name',
        ],
        next: [dnsCommands(maybe.dnsService).config, dnsCommands(maybe.dnsService).logs],
      },
    ];
  },
});
