/** What a new cluster holds before anybody applies anything. */
import type { KubeObject, Store } from '../contract.ts';
import { type IpFamily, ipFamilyOf } from '../families.ts';
import { allocateService, apiServiceAddress } from './allocation/service.ts';
import { DEFAULT_CLUSTER_ROLE_BINDINGS, DEFAULT_CLUSTER_ROLES } from './auth/default-roles.ts';
import { applyDefaults } from './defaults/index.ts';
import { copy } from './json.ts';

export const SYSTEM_NAMESPACES: readonly string[] = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

/** Where the API server is reached from inside the cluster. */
export interface ApiAddress {
  readonly ip: string;
  readonly port: number;
}

const apiService = (clusterIP: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    clusterIP,
    ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }],
  },
});

const apiEndpoints = ({ ip, port }: ApiAddress): readonly (readonly [string, KubeObject])[] => {
  const ports = [{ name: 'https', port, protocol: 'TCP' }];
  const metadata = { name: 'kubernetes', namespace: 'default' };
  return [
    [
      'endpoints',
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
        subsets: [{ addresses: [{ ip }], ports }],
      },
    ],
    [
      'endpointslices',
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
        addressType: ipFamilyOf(ip),
        endpoints: [{ addresses: [ip], conditions: { ready: true } }],
        ports,
      },
    ],
  ];
};

/** Creates what is missing of: system namespaces, RBAC defaults, the Service `default/kubernetes` and its endpoints. */
export const bootstrap = (store: Store, address: ApiAddress, ipFamilies: readonly IpFamily[]): void => {
  const ensure = (resource: string, object: KubeObject) => {
    const { namespace, name } = object.metadata;
    if (store.get(resource, namespace, name) !== undefined) return;
    const whole = copy(object);
    applyDefaults(whole);
    if (whole.kind === 'Service') allocateService(store, ipFamilies, whole);
    store.create(resource, whole);
  };
  for (const name of SYSTEM_NAMESPACES) {
    ensure('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const role of DEFAULT_CLUSTER_ROLES) ensure('clusterroles', role);
  for (const binding of DEFAULT_CLUSTER_ROLE_BINDINGS) ensure('clusterrolebindings', binding);
  ensure('services', apiService(apiServiceAddress(ipFamilyOf(address.ip))));
  for (const [resource, object] of apiEndpoints(address)) ensure(resource, object);
};
