import {
  answer,
  facts,
  fetchUrl,
  http,
  httpTimedOut,
  lookup,
  NXDOMAIN,
  type RuleCases,
  SERVFAIL,
} from '../build.ts';

const LATE = ['https://example.com/', 'https://aliyun.com/'].map((url) =>
  fetchUrl(url, httpTimedOut('name')),
);
const afterFirst = (name: string, address: string) =>
  lookup(
    name,
    answer(name, address, {
      server: '10.96.0.11',
      failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
    }),
    4010,
  );
const ALL_AFTER_FIRST = [
  afterFirst('kubernetes.default.svc.cluster.local.', '10.96.0.1'),
  afterFirst('kubernetes.default.svc', '10.96.0.1'),
  afterFirst('example.com.', '203.0.113.10'),
  afterFirst('aliyun.com.', '203.0.113.10'),
];

export const cases: RuleCases = {
  fires: [
    {
      name: 'five seconds',
      facts: facts({ observations: [lookup('example.com.', answer('example.com', '203.0.113.10'), 5010)] }),
      summary: /Looking up example.com. took 5.0 s/,
      severity: 'warning',
    },
    {
      name: 'it waited for a nameserver that answers other lookups: a packet was lost',
      facts: facts({ observations: [afterFirst('example.com.', '203.0.113.10')] }),
      summary: /Looking up example.com. took 4.0 s/,
      severity: 'warning',
      tells: [/^10.96.0.10 failed before another answered: no answer in time$/],
    },
    {
      name: 'requests wait for names that nslookup resolves at once',
      facts: facts({ observations: LATE }),
      summary:
        /^Requests wait for their names, which nslookup resolves: https:..example.com. has a name that did not resolve in time/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'every lookup waited for a dead nameserver, which is told',
      facts: facts({ observations: ALL_AFTER_FIRST }),
    },
    {
      name: 'and so did the requests',
      facts: facts({ observations: [...ALL_AFTER_FIRST, ...LATE] }),
    },
    {
      name: 'requests whose names do not exist',
      facts: facts({
        observations: [
          lookup('example.com.', NXDOMAIN),
          lookup('aliyun.com.', NXDOMAIN),
          ...['https://example.com/', 'https://aliyun.com/'].map((url) =>
            fetchUrl(url, http('name-failure')),
          ),
        ],
      }),
    },
    {
      name: 'the name of one request does not exist, as curl says at once',
      facts: facts({ observations: [fetchUrl('https://example.com/', http('name-failure'))] }),
    },
    { name: 'it was slow to fail', facts: facts({ observations: [lookup('example.com.', SERVFAIL, 6000)] }) },
  ],
};
