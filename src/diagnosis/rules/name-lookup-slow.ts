import { defineRule } from '../../model/rule.ts';
import { ownLookups } from '../answers.ts';
import { dnsCommands } from '../dns-commands.ts';
import { measured } from '../observed.ts';

const SLOW_MS = 1000;

/** Where a dead nameserver is what it waits for, that is told instead. */
export default defineRule({
  id: 'name-lookup-slow',
  code: 'NC3007',
  layer: 'name',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: ['dnsService'],
  probes: ['dns-lookup'],
  evaluate: ({ maybe: { dnsService }, observations }) => {
    const slow = ownLookups(observations['dns-lookup']).filter(({ outcome, durationMs = 0 }) => {
      const seen = measured(outcome);
      return (
        seen?.kind === 'answered' &&
        seen.failedServers.length === 0 &&
        seen.partial === undefined &&
        durationMs >= SLOW_MS
      );
    });
    const [worst] = [...slow].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0));
    if (worst === undefined) return [];
    return [
      {
        confidence: 'likely',
        summary: `Looking up ${worst.question.name} took ${((worst.durationMs ?? 0) / 1000).toFixed(1)} s`,
        evidence: [
          ...slow.map(({ question, durationMs }) => `${question.name}: ${durationMs} ms`),
          'steps of 2 or 5 seconds hint at a lost packet, or at a race in conntrack',
        ],
        next: [dnsCommands(dnsService).logs, dnsCommands(dnsService).top],
      },
    ];
  },
});
