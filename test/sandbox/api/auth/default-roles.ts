/**
 * The cluster roles that every cluster has, shortened to what the double serves. view, edit and admin do not include
 * pods/ephemeralcontainers, as in Kubernetes. Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go.
 */
import type { KubeObject } from '../../contract.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;

const resources = (group: string, names: readonly string[], verbs: readonly string[]) => ({
  verbs,
  apiGroups: [group],
  resources: names,
});
const paths = (urls: readonly string[]) => ({ verbs: ['get'], nonResourceURLs: urls });

const HEALTH = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const WORKLOADS = ['daemonsets', 'deployments', 'replicasets', 'statefulsets'];
const SCALED = ['deployments/scale', 'replicasets/scale', 'statefulsets/scale'];

const viewRules = [
  resources(
    '',
    [
      'configmaps',
      'endpoints',
      'persistentvolumeclaims',
      'pods',
      'replicationcontrollers',
      'serviceaccounts',
      'services',
      'services/status',
      'pods/log',
      'pods/status',
      'events',
      'limitranges',
      'namespaces',
      'resourcequotas',
    ],
    READ,
  ),
  resources('discovery.k8s.io', ['endpointslices'], READ),
  resources('apps', ['controllerrevisions', ...WORKLOADS, ...SCALED], READ),
  resources('batch', ['cronjobs', 'jobs'], READ),
  resources('networking.k8s.io', ['ingresses', 'networkpolicies'], READ),
];
const editRules = [
  ...viewRules,
  resources(
    '',
    ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'],
    READ,
  ),
  resources('', ['serviceaccounts'], ['impersonate']),
  resources('', ['pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'], WRITE),
  resources('', ['pods/eviction', 'serviceaccounts/token'], ['create']),
  resources(
    '',
    [
      'configmaps',
      'events',
      'persistentvolumeclaims',
      'replicationcontrollers',
      'secrets',
      'serviceaccounts',
      'services',
    ],
    WRITE,
  ),
  resources('apps', [...WORKLOADS, ...SCALED], WRITE),
  resources('batch', ['cronjobs', 'jobs'], WRITE),
  resources('networking.k8s.io', ['ingresses', 'networkpolicies'], WRITE),
  resources('coordination.k8s.io', ['leases'], [...READ, ...WRITE]),
];
const adminRules = [
  ...editRules,
  resources('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
  resources(GROUP, ['rolebindings', 'roles'], [...READ, ...WRITE]),
];

const RULES: Readonly<Record<string, readonly object[]>> = {
  'cluster-admin': [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    { verbs: ['*'], nonResourceURLs: ['*'] },
  ],
  admin: adminRules,
  edit: editRules,
  view: viewRules,
  'system:basic-user': [
    resources('authorization.k8s.io', ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
    resources('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
  ],
  'system:discovery': [
    paths(['/.well-known', '/.well-known/*']),
    paths([
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/healthz',
      '/livez',
      '/openapi',
      '/openapi/*',
      '/readyz',
      '/version',
      '/version/',
    ]),
  ],
  'system:public-info-viewer': [paths(HEALTH)],
};
const BINDINGS: Readonly<Record<string, readonly string[]>> = {
  'cluster-admin': ['system:masters'],
  'system:basic-user': ['system:authenticated'],
  'system:discovery': ['system:authenticated'],
  'system:public-info-viewer': ['system:authenticated', 'system:unauthenticated'],
};

const metadata = (name: string) => ({
  name,
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
});

export const DEFAULT_CLUSTER_ROLES: readonly KubeObject[] = Object.entries(RULES).map(([name, rules]) => ({
  apiVersion: API_VERSION,
  kind: 'ClusterRole',
  metadata: metadata(name),
  rules,
}));

export const DEFAULT_CLUSTER_ROLE_BINDINGS: readonly KubeObject[] = Object.entries(BINDINGS).map(
  ([name, groups]) => ({
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata: metadata(name),
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
    subjects: groups.map((group) => ({ apiGroup: GROUP, kind: 'Group', name: group })),
  }),
);
