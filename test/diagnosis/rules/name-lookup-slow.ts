import { answer, facts, lookup, type RuleCases, SERVFAIL } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'five seconds',
      facts: facts({ observations: [lookup('example.com.', answer('example.com', '203.0.113.10'), 5010)] }),
      summary: /Looking up example.com. took 5.0 s/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it waited for a dead nameserver, which is told',
      facts: facts({
        observations: [
          lookup(
            'example.com.',
            answer('example.com', '203.0.113.10', {
              server: '10.96.0.11',
              failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
            }),
            4010,
          ),
        ],
      }),
    },
    { name: 'it was slow to fail', facts: facts({ observations: [lookup('example.com.', SERVFAIL, 6000)] }) },
  ],
};
