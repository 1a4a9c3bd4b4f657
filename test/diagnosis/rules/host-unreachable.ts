import { allNames, api, apiConnect, apiGet, facts, NO_WAY, ping, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'no route to the Kubernetes API',
      facts: facts({
        observations: api(
          { kind: 'unreachable', which: 'host' },
          { kind: 'unreachable', which: 'host', phases: { total: 3 } },
        ),
      }),
      summary: /10.96.0.1:443 is unreachable \(host\)/,
      about: 'kubernetes-api',
    },
    {
      name: 'no way to the nameserver',
      facts: facts({ observations: allNames(NO_WAY) }),
      summary: /^There is no way to 10.96.0.10/,
      about: 'nameserver',
    },
    {
      name: "the node's own filter",
      facts: facts({
        observations: [
          apiConnect({ kind: 'not-permitted' }),
          apiGet({ kind: 'connect-failed', phases: { total: 3 } }),
        ],
      }),
      summary: /node's own filter refused/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'curl could not say, nc did: refused',
      facts: facts({
        observations: [
          apiConnect({ kind: 'refused' }),
          apiGet({ kind: 'connect-failed', phases: { total: 3 } }),
        ],
      }),
    },
    {
      name: 'ping alone is unreachable',
      facts: facts({
        observations: [
          ping('internet', { kind: 'unreachable', which: 'host' }),
          ping('node', { kind: 'unreachable', which: 'host' }),
        ],
      }),
    },
  ],
};
