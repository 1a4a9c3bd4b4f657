import { facts, ping, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the own node is far away',
      facts: facts({
        observations: [
          ping('node', { kind: 'replied', sent: 3, received: 3, rttMs: { min: 80, avg: 120.4, max: 200 } }),
        ],
      }),
      summary: /192.168.0.4 take 120 ms/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the own node takes as long as a busy one may',
      facts: facts({
        observations: [
          ping('node', { kind: 'replied', sent: 3, received: 3, rttMs: { min: 20, avg: 50, max: 90 } }),
        ],
      }),
    },
    {
      name: 'another continent',
      facts: facts({
        observations: [
          ping('internet', {
            kind: 'replied',
            sent: 3,
            received: 3,
            rttMs: { min: 280, avg: 290, max: 300 },
          }),
        ],
      }),
    },
  ],
};
