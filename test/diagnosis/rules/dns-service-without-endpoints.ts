import {
  allNames,
  answer,
  facts,
  known,
  PORT_REFUSED,
  pod,
  type RuleCases,
  refused,
  resolvConf,
  slice,
  type TIMED_OUT,
} from '../build.ts';

const silent = (server: string): typeof TIMED_OUT => ({
  kind: 'timed-out',
  failedServers: [{ server, why: 'timed-out' }],
});

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
    {
      name: 'the pod asks another server, which is silent',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.168.0.53'] } } }),
        observations: [...allNames(silent('192.168.0.53')), resolvConf(['192.168.0.53'])],
        evidence: { dnsEndpointSlices: known([]) },
      }),
      summary: /no ready endpoint/,
      severity: 'warning',
    },
    {
      name: 'a cache on the node, silent as nothing stands behind it',
      facts: facts({
        observations: [...allNames(silent('169.254.20.10')), resolvConf(['169.254.20.10'])],
        evidence: { dnsEndpointSlices: known([]) },
      }),
      summary: /no ready endpoint/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'OpenShift: the commands name its Service',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: known([]),
          dnsService: known({
            metadata: { name: 'dns-default', namespace: 'openshift-dns' },
            spec: {
              clusterIP: '10.96.0.10',
              selector: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
            },
          }),
        },
      }),
      summary: /^svc.dns-default/,
      tells: [
        /^kubectl get endpointslices -n openshift-dns -l kubernetes.io.service-name=dns-default$/,
        /^kubectl get deployments,daemonsets,pods -n openshift-dns$/,
      ],
    },
    {
      name: 'another nameserver of the pod answers in its place, after it',
      facts: facts({
        observations: [
          ...allNames(
            answer('example.com', '203.0.113.10', {
              server: '8.8.8.8',
              failedServers: [{ server: '10.96.0.10', why: 'connection-refused' }],
            }),
          ),
          resolvConf(['10.96.0.10', '8.8.8.8']),
        ],
        evidence: { dnsEndpointSlices: known([]) },
      }),
      summary: /no ready endpoint/,
      severity: 'error',
    },
    {
      name: 'another nameserver of the pod answers before it, and it is never asked',
      facts: facts({
        observations: [
          ...allNames(answer('example.com', '203.0.113.10', { server: '8.8.8.8' })),
          resolvConf(['8.8.8.8', '10.96.0.10']),
        ],
        evidence: { dnsEndpointSlices: known([]) },
      }),
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
      name: 'ready is null, which means ready: the slice is behind its pods, which are gone',
      facts: facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: known([slice({ address: '10.244.0.2', ready: null })]),
          dnsPods: known([]),
        },
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
