import {
  allNames,
  api,
  apiConnect,
  connect,
  facts,
  http,
  httpTimedOut,
  internet,
  PORT_REFUSED,
  ping,
  type RuleCases,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: api({ kind: 'refused' }, http('refused')) }),
      summary: /^The Kubernetes API at 10.96.0.1:443 refused the connection$/,
      severity: 'error',
      about: 'kubernetes-api',
      tells: [/get endpointslices -n default -l kubernetes.io.service-name=kubernetes$/],
    },
    {
      name: 'targets outside refuse, and so does the cluster',
      facts: facts({
        observations: [
          ...allNames(PORT_REFUSED),
          ...api({ kind: 'refused' }, http('refused')),
          ...internet({ kind: 'refused' }, http('refused')),
        ],
      }),
      times: 2,
      summary: /refused/,
    },
    {
      name: 'targets outside refuse, and ping comes back: the port is closed on the way',
      facts: facts({ observations: internet({ kind: 'refused' }, http('refused')) }),
      summary: /^No internet target can be reached/,
      about: 'internet',
    },
    {
      name: 'one of two asks of the Kubernetes API refused, the other connected',
      facts: facts({ observations: [apiConnect({ kind: 'refused' })] }),
      summary: /answers one connection and not another: 10.96.0.1:443 refused/,
      severity: 'warning',
      about: 'intermittent',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the way out refuses while the cluster works: told as internet-unreachable',
      facts: facts({
        observations: [
          ...internet({ kind: 'refused' }, http('refused')),
          ping('internet', { kind: 'no-reply', sent: 3 }),
        ],
      }),
    },
    {
      name: 'one target of several refuses',
      facts: facts({ observations: [connect('8.8.8.8', { kind: 'refused' })] }),
    },
    {
      name: 'of three targets outside one refuses, the others are silent: told once, as what most met',
      facts: facts({
        observations: [
          ...internet({ kind: 'timed-out' }, httpTimedOut('connect')).slice(1),
          connect('1.1.1.1', { kind: 'refused' }),
        ],
      }),
    },
  ],
};
