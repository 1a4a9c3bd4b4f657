import {
  allNames,
  answer,
  directLookup,
  facts,
  nameserver,
  type RuleCases,
  resolvConf,
  TIMED_OUT,
} from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'names resolve, and TCP to the nameserver is dropped',
      facts: facts({ observations: [nameserver({ kind: 'timed-out' })] }),
      summary: /^10\.96\.0\.10 answers DNS over UDP, but not over TCP/,
      severity: 'warning',
    },
    {
      name: 'the port is open, and queries over TCP go nowhere',
      facts: facts({
        observations: [nameserver({ kind: 'open' }), directLookup('10.96.0.10', 'tcp', TIMED_OUT)],
      }),
      summary: /^10\.96\.0\.10 answers DNS over UDP, but not over TCP/,
      tells: [/asked of 10.96.0.10 over TCP: timed-out$/],
    },
  ],
  silent: [
    { name: 'both work', facts: facts({ observations: [nameserver({ kind: 'open' })] }) },
    {
      name: 'a cache on the node answers; the Service was never asked',
      facts: facts({
        observations: [
          ...allNames(answer('x', '10.96.0.1', { server: '169.254.20.10' })),
          nameserver({ kind: 'timed-out' }),
        ],
      }),
    },
    {
      name: 'a cache on the node is all that the pod asks; the Service answers us over UDP, and not over TCP',
      facts: facts({
        observations: [
          ...allNames(answer('x', '10.96.0.1', { server: '169.254.20.10' })),
          resolvConf(['169.254.20.10']),
          directLookup('10.96.0.10', 'udp', answer('x', '10.96.0.1')),
          directLookup('10.96.0.10', 'tcp', TIMED_OUT),
          nameserver({ kind: 'timed-out' }),
        ],
      }),
    },
    { name: 'TCP was not measured', facts: facts() },
    {
      name: 'neither works: that is a silent nameserver',
      facts: facts({ observations: [...allNames(TIMED_OUT), nameserver({ kind: 'timed-out' })] }),
    },
  ],
};
