import { allNames, dnsPod, facts, known, PORT_REFUSED, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'all crash, and nothing stands behind the Service',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: known([]),
          dnsPods: known([
            dnsPod('coredns-1', {
              conditions: [{ type: 'Ready', status: 'False' }],
              containerStatuses: [
                {
                  name: 'coredns',
                  restartCount: 9,
                  state: { waiting: { reason: 'CrashLoopBackOff' } },
                  lastState: { terminated: { exitCode: 1, reason: 'Error' } },
                },
              ],
            }),
          ]),
        },
      }),
      summary: /^No DNS pod is ready: coredns-1$/,
      severity: 'error',
      tells: [
        /CrashLoopBackOff, last end: Error, exit code 1/,
        /^kubectl describe pod coredns-1 -n kube-system$/,
      ],
    },
    {
      name: 'one crashes beside a ready one: a time bomb',
      facts: facts({
        evidence: {
          dnsPods: known([
            dnsPod('coredns-1'),
            dnsPod('coredns-2', {
              conditions: [{ type: 'Ready', status: 'False' }],
              containerStatuses: [
                {
                  name: 'coredns',
                  restartCount: 9,
                  state: { waiting: { reason: 'CrashLoopBackOff' } },
                  lastState: { terminated: { exitCode: 1, reason: 'Error' } },
                },
              ],
            }),
          ]),
        },
      }),
      summary: /^1 of 2 DNS pods is not ready: coredns-2$/,
      severity: 'warning',
    },
    {
      name: 'all crash, and the EndpointSlices may not be read',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: { state: 'failed', reason: '403' },
          dnsPods: known([dnsPod('coredns-1', { conditions: [] })]),
        },
      }),
      summary: /^No DNS pod is ready: coredns-1$/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'the same, while names resolve',
      facts: facts({
        evidence: {
          dnsEndpointSlices: { state: 'failed', reason: '403' },
          dnsPods: known([dnsPod('coredns-1', { conditions: [] })]),
        },
      }),
      summary: /^No DNS pod is ready: coredns-1$/,
      severity: 'warning',
    },
  ],
  silent: [
    {
      name: 'an evicted pod beside a ready one',
      facts: facts({
        evidence: {
          dnsPods: known([
            dnsPod('coredns-1'),
            dnsPod('coredns-0', { phase: 'Failed', reason: 'Evicted', conditions: [] }),
          ]),
        },
      }),
    },
    { name: 'a healthy pod', facts: facts() },
    { name: 'there are none: told by the Service', facts: facts({ evidence: { dnsPods: known([]) } }) },
  ],
};
