import {
  allNames,
  externalNames,
  facts,
  lookup,
  NXDOMAIN,
  PORT_REFUSED,
  type RuleCases,
  SERVFAIL,
  TIMED_OUT,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'names outside time out',
      facts: facts({ observations: externalNames(TIMED_OUT) }),
      summary: /^Cluster DNS answers for its own names, but not for names outside/,
      confidence: 'likely',
    },
    {
      name: 'names outside are SERVFAIL',
      facts: facts({ observations: externalNames(SERVFAIL) }),
      summary: /names outside/,
      tells: [/^example.com.: SERVFAIL$/],
    },
    {
      name: 'a cluster name failed once too: less sure',
      facts: facts({
        observations: [
          ...externalNames(TIMED_OUT),
          lookup('kubernetes.default.svc.cluster.local.', TIMED_OUT),
        ],
      }),
      summary: /names outside/,
      confidence: 'possible',
      tells: [/^kubernetes.default.svc.cluster.local.: no answer in time$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'the port is refused', facts: facts({ observations: externalNames(PORT_REFUSED) }) },
    { name: 'NXDOMAIN is an answer', facts: facts({ observations: externalNames(NXDOMAIN) }) },
    { name: 'cluster names fail as well', facts: facts({ observations: allNames(SERVFAIL) }) },
    {
      name: 'names outside were not asked (--no-internet)',
      facts: facts({ without: ['external-name', 'internet'] }),
    },
    { name: 'one of two sites', facts: facts({ observations: [lookup('example.com.', SERVFAIL)] }) },
  ],
};
