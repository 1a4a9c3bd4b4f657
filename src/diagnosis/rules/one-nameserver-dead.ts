import { defineRule } from '../../model/rule.ts';
import { ownLookups } from '../answers.ts';
import { measured } from '../observed.ts';
import { hostInCommand, listed, unique } from '../wording.ts';

export default defineRule({
  id: 'one-nameserver-dead',
  code: 'NC3009',
  layer: 'name',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: ['dns-lookup'],
  evaluate: ({ observations }) => {
    const answered = ownLookups(observations['dns-lookup']).flatMap(({ outcome }) => {
      const seen = measured(outcome);
      return seen?.kind === 'answered' ? [seen] : [];
    });
    const working = unique(answered.map(({ server }) => server));
    const failures = answered
      .flatMap(({ failedServers }) => failedServers)
      .filter(({ server }) => !working.includes(server));
    const dead = unique(failures.map(({ server }) => server));
    if (dead.length === 0) return [];
    return [
      {
        confidence: 'likely',
        summary: `Nameserver ${listed(dead)} fails and ${listed(working)} answers after it: every lookup pays the wait`,
        evidence: unique(failures.map(({ server, why }) => `${server}: ${why}`)),
        next: dead.map(
          (server) => `nslookup -timeout=2 kubernetes.default.svc.cluster.local. ${hostInCommand(server)}`,
        ),
      },
    ];
  },
});
