/** NetworkPolicies for test data of rules. */
import type { NetworkPolicy } from '../../src/model/kubernetes.ts';

export const networkPolicy = (
  name: string,
  spec: Partial<NetworkPolicy['spec']>,
  namespace = 'shop',
): NetworkPolicy => ({ metadata: { name, namespace }, spec: { podSelector: {}, ...spec } });

const DNS = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];
export const ONLY_DNS_OUT = networkPolicy('only-dns', {
  podSelector: { matchLabels: { app: 'client' } },
  policyTypes: ['Egress'],
  egress: [{ ports: DNS }],
});
export const NOTHING_OUT = networkPolicy('nothing-out', { policyTypes: ['Egress'] });
/** `port: 53` alone is TCP. */
export const TCP_DNS_OUT = networkPolicy('tcp-dns', {
  policyTypes: ['Egress'],
  egress: [{ to: [{ podSelector: {} }] }, { ports: [{ port: 53 }] }],
});
export const WEB_OUT = networkPolicy('web-out', {
  policyTypes: ['Egress'],
  egress: [
    { to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080 }] },
    { ports: DNS },
  ],
});
export const API_IN = networkPolicy('api-in', {
  podSelector: { matchLabels: { app: 'web' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }],
});
export const CLIENT_IN = networkPolicy('client-in', {
  podSelector: { matchLabels: { app: 'web' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }],
});
export const INSIDE_ONLY = networkPolicy('inside-only', {
  policyTypes: ['Egress'],
  egress: [{ to: [{ namespaceSelector: {} }] }, { to: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }],
});
