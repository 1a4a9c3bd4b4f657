import type { Code } from './code.ts';

const base = { layer: 'service', role: 'cause', severity: 'error' } as const;

/** 4: service. */
export const service: readonly Code[] = [
  { ...base, code: 'NC4001', id: 'service-not-found', title: 'the Service does not exist' },
  { ...base, code: 'NC4002', id: 'selector-matches-nothing', title: "the Service's selector matches no pod" },
  {
    ...base,
    code: 'NC4003',
    id: 'endpoints-not-ready',
    title: 'the Service has endpoints, and none is ready',
    page: {
      meaning:
        'Nothing that is ready stands behind the Service, so kube-proxy refuses connections to it. For default/kubernetes the API servers write the endpoints themselves.',
      confirm: [
        'kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE',
        'kubectl get pods -n NAMESPACE -o wide',
      ],
      mend: 'Make the pods behind it ready; for default/kubernetes look at the API servers and their endpoint reconciler.',
      looksAlike: 'A Service that publishes addresses that are not ready has endpoints all the same.',
    },
  },
  {
    ...base,
    code: 'NC4004',
    id: 'target-port-mismatch',
    title: 'the pods listen on another port than targetPort',
  },
  { ...base, code: 'NC4005', id: 'port-not-in-service', title: 'the port is not one of the Service' },
  { ...base, code: 'NC4006', id: 'named-port-unresolved', title: 'no container has a port of that name' },
  { ...base, code: 'NC4007', id: 'some-endpoints-broken', title: 'some endpoints fail, others answer' },
  {
    ...base,
    code: 'NC4008',
    id: 'service-proxy-broken',
    title: 'endpoints answer directly, the ClusterIP does not',
  },
  {
    ...base,
    code: 'NC4009',
    id: 'traffic-policy-local',
    title: 'traffic policy Local, and no endpoint on this node',
  },
  {
    ...base,
    severity: 'info',
    code: 'NC4010',
    id: 'external-name',
    title: 'the Service is an alias for a name outside',
  },
  { ...base, code: 'NC4101', id: 'kube-proxy-unhealthy', title: 'kube-proxy is not ready on this node' },
];
