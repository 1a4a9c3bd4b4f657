import { pingRule } from '../ping-rule.ts';

/** Milliseconds on average: the pod's own node is one hop away, the internet may be on another continent. */
const LIMITS = { node: 50, internet: 500 } as const;

export default pingRule('latency-high', 'NC2005', ({ rttMs, received }, { question, purpose }) => {
  const limit = purpose === 'node' ? LIMITS.node : LIMITS.internet;
  if (rttMs === undefined || rttMs.avg <= limit) return undefined;
  const { min, avg, max } = rttMs;
  return {
    summary: `Round trips to ${question.host} take ${Math.round(avg)} ms on average`,
    evidence: [
      `min ${min} ms, average ${avg} ms, max ${max} ms over ${received} replies; more than ${limit} ms is told`,
    ],
  };
});
