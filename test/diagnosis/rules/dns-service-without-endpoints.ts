import { allNames, facts, known, PORT_REFUSED, type RuleCases, refused, slice } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'scaled to nothing',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: { dnsEndpointSlices: known([slice()]), dnsPods: known([]) },
      }),
      summary: /^svc.kube-dns has no ready endpoint, so nothing answers on 10.96.0.10:53$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/no pod matches its selector k8s-app=kube-dns/],
    },
    {
      name: 'its pods are not ready, and we could not get in',
      facts: facts({
        entry: refused(403, 'x'),
        evidence: { dnsEndpointSlices: known([slice({ address: '10.244.0.2', ready: false })]) },
      }),
      summary: /no ready endpoint/,
      severity: 'error',
      confidence: 'likely',
      tells: [/1 address listed, none ready/],
    },
    {
      name: 'names resolve all the same: a cache on the node',
      facts: facts({ evidence: { dnsEndpointSlices: known([]) } }),
      summary: /no ready endpoint/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'ready is left out, which means ready',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: { dnsEndpointSlices: known([slice({ address: '10.244.0.2' })]) },
      }),
    },
    {
      name: 'ready is null, which means ready',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: { dnsEndpointSlices: known([slice({ address: '10.244.0.2', ready: null })]) },
      }),
    },
    {
      name: 'may not look',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: {
            state: 'forbidden',
            right: {
              verb: 'list',
              resource: 'endpointslices',
              group: 'discovery.k8s.io',
              namespace: 'kube-system',
            },
          },
        },
      }),
    },
  ],
};
