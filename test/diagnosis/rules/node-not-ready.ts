import { facts, known, node, notStarted, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'it reports nothing any more',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'Unknown' },
                  { type: 'X', status: 'x', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /^Node node-1 is not ready$/,
      severity: 'error',
    },
    {
      name: 'it has no network',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'True' },
                  { type: 'NetworkUnavailable', status: 'True', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /without network/,
      severity: 'error',
    },
    {
      name: 'under pressure, and all else well',
      facts: facts({
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'True' },
                  { type: 'DiskPressure', status: 'True', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /under DiskPressure/,
      severity: 'warning',
    },
    {
      name: 'not ready, yet the probes ran',
      facts: facts({
        evidence: {
          node: known(
            node({
              status: {
                conditions: [
                  { type: 'Ready', status: 'Unknown' },
                  { type: 'X', status: 'x', reason: 'R', message: 'm' },
                ],
              },
            }),
          ),
        },
      }),
      summary: /not ready/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'nodes may not be read',
      facts: facts({
        entry: notStarted('Timeout', ''),
        evidence: { node: { state: 'forbidden', right: { verb: 'get', resource: 'nodes', group: '' } } },
      }),
    },
  ],
};
