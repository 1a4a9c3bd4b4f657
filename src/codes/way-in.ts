import type { Code } from './code.ts';

const symptom = { layer: 'port', role: 'symptom', severity: 'error' } as const;
const cause = { layer: 'service', role: 'cause', severity: 'error' } as const;

/** 9: the way in, and the cluster. */
export const wayIn: readonly Code[] = [
  { ...symptom, code: 'NC9001', id: 'nodeport-unreachable', title: 'the NodePort does not answer' },
  { ...cause, code: 'NC9002', id: 'load-balancer-pending', title: 'the load balancer has no address yet' },
  { ...symptom, code: 'NC9003', id: 'load-balancer-silent', title: 'the load balancer does not answer' },
  {
    ...cause,
    code: 'NC9004',
    id: 'no-local-endpoints',
    title: 'externalTrafficPolicy Local, and no endpoint on the node',
  },
  {
    ...cause,
    code: 'NC9005',
    id: 'ingress-without-address',
    title: 'the Ingress has no address',
    page: {
      meaning:
        'No controller has written an address into the status of the Ingress: none has taken it, or its own Service has none yet. Its name then leads to nothing that would know of it.',
      confirm: ['kubectl describe ingress INGRESS -n NAMESPACE', 'kubectl get ingressclasses'],
      mend: 'Name the class of a controller that runs (spec.ingressClassName), or bring that controller up.',
      looksAlike:
        'Some controllers never write an address, and serve all the same: ask one of them by IP:PORT.',
    },
  },
  {
    ...cause,
    code: 'NC9006',
    id: 'ingress-class-missing',
    title: 'no controller serves the class of the Ingress',
  },
  {
    ...cause,
    code: 'NC9007',
    id: 'ingress-backend-missing',
    title: 'the Ingress names a Service or port that does not exist',
    page: {
      meaning:
        'The first rule of the Ingress leads to a Service that does not exist in its namespace, or to a port that the Service does not have. The controller answers 503 or 404 for it.',
      confirm: ['kubectl describe ingress INGRESS -n NAMESPACE', 'kubectl get services -n NAMESPACE'],
      mend: 'Correct the name or the port of the backend.',
      looksAlike: 'A Service that exists and has no ready endpoint is NC4002 or NC4003.',
    },
  },
  { ...cause, code: 'NC9008', id: 'ingress-controller-down', title: 'the Ingress controller is not ready' },
  {
    ...cause,
    code: 'NC9009',
    id: 'ingress-host-or-path-mismatch',
    title: 'no rule of the Ingress matches host and path',
  },
  {
    ...cause,
    code: 'NC9010',
    id: 'ingress-tls-secret-bad',
    title: 'the TLS Secret of the Ingress is missing or wrong',
  },
  {
    ...cause,
    code: 'NC9011',
    id: 'ingress-upstream-error',
    title: 'the Ingress answers 502, 503 or 504 for the hop behind it',
  },
  {
    ...cause,
    code: 'NC9012',
    id: 'gateway-route-not-accepted',
    title: 'the Gateway does not accept the route',
  },
  {
    ...cause,
    layer: 'interface',
    code: 'NC9101',
    id: 'cni-not-ready',
    title: 'the network plugin is not ready',
  },
  {
    ...cause,
    layer: 'route',
    code: 'NC9102',
    id: 'pod-range-conflict',
    title: 'pod, Service and node address ranges overlap',
  },
  {
    ...cause,
    code: 'NC9103',
    id: 'iptables-chain-missing',
    title: 'the chains of kube-proxy are missing on the node',
  },
];
