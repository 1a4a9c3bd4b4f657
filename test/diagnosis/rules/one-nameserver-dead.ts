import { allNames, answer, facts, lookup, type RuleCases, TIMED_OUT } from '../build.ts';

const AFTER_IT = allNames(
  answer('example.com', '203.0.113.10', {
    server: '10.96.0.11',
    failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
  }),
);
const FIRST = 'kubernetes.default.svc.cluster.local.';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the first is dead',
      facts: facts({ observations: AFTER_IT }),
      summary: /^Nameserver 10.96.0.10 fails and 10.96.0.11 answers after it/,
      severity: 'warning',
      tells: [/10.96.0.10: timed-out/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'a server that answered other lookups lost one packet',
      facts: facts({
        observations: [
          lookup(
            'example.com.',
            answer('example.com', '203.0.113.10', {
              server: '10.96.0.11',
              failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
            }),
          ),
        ],
      }),
    },
    {
      name: 'it answered one lookup of four',
      facts: facts({
        observations: [...AFTER_IT.slice(1), lookup(FIRST, answer(FIRST, '10.96.0.1'))],
      }),
    },
    { name: 'all are dead', facts: facts({ observations: allNames(TIMED_OUT) }) },
  ],
};
