import { defineRule } from '../../model/rule.ts';
import { measured } from '../observed.ts';

/** Milliseconds on average: the pod's own node is one hop away, the internet may be on another continent. */
const LIMITS = { node: 50, internet: 500 } as const;

export default defineRule({
  id: 'latency-high',
  code: 'NC2005',
  layer: 'interface',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: ['icmp-echo'],
  evaluate: ({ observations }) =>
    observations['icmp-echo'].flatMap(({ outcome, question, purpose }) => {
      const seen = measured(outcome);
      const limit = purpose === 'node' ? LIMITS.node : LIMITS.internet;
      if (seen?.kind !== 'replied' || seen.rttMs === undefined || seen.rttMs.avg <= limit) return [];
      const { min, avg, max } = seen.rttMs;
      return [
        {
          about: purpose,
          confidence: 'possible',
          summary: `Round trips to ${question.host} take ${Math.round(avg)} ms on average`,
          evidence: [
            `min ${min} ms, average ${avg} ms, max ${max} ms over ${seen.received} replies; more than ${limit} ms is told`,
          ],
        },
      ];
    }),
});
