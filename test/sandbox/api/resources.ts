/** The resources that the double serves, as data. Everything else (routes, discovery, defaults) derives from this table. */

export interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  /** Group and version of the kind, where they are not those of the resource. */
  readonly group?: string;
  readonly version?: string;
}

export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Empty: only POST is answered, nothing is stored. */
  readonly stored: boolean;
  /** metadata.generation is kept. */
  readonly generation: boolean;
  readonly subresources: readonly Subresource[];
}

interface Row {
  readonly kind: string;
  readonly plural: string;
  readonly short?: readonly string[];
  readonly scope?: 'Cluster';
  readonly all?: true;
  readonly stored?: false;
  readonly generation?: true;
  readonly sub?: readonly Subresource[];
}

const status = (kind: string): Subresource => ({ name: 'status', kind, verbs: ['get', 'patch', 'update'] });
const scale: Subresource = {
  name: 'scale',
  kind: 'Scale',
  verbs: ['get', 'patch', 'update'],
  group: 'autoscaling',
  version: 'v1',
};
const pod: readonly Subresource[] = [
  { name: 'attach', kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  { name: 'binding', kind: 'Binding', verbs: ['create'] },
  { name: 'ephemeralcontainers', kind: 'Pod', verbs: ['get', 'patch', 'update'] },
  { name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] },
  { name: 'log', kind: 'Pod', verbs: ['get'] },
  status('Pod'),
];
const token: Subresource = {
  name: 'token',
  kind: 'TokenRequest',
  verbs: ['create'],
  group: 'authentication.k8s.io',
  version: 'v1',
};

const GROUPS: Readonly<Record<string, readonly Row[]>> = {
  v1: [
    { kind: 'ConfigMap', plural: 'configmaps', short: ['cm'] },
    { kind: 'Endpoints', plural: 'endpoints', short: ['ep'] },
    { kind: 'Event', plural: 'events', short: ['ev'] },
    { kind: 'LimitRange', plural: 'limitranges', short: ['limits'] },
    {
      kind: 'Namespace',
      plural: 'namespaces',
      short: ['ns'],
      scope: 'Cluster',
      sub: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }, status('Namespace')],
    },
    { kind: 'Node', plural: 'nodes', short: ['no'], scope: 'Cluster', sub: [status('Node')] },
    {
      kind: 'PersistentVolumeClaim',
      plural: 'persistentvolumeclaims',
      short: ['pvc'],
      sub: [status('PersistentVolumeClaim')],
    },
    {
      kind: 'PersistentVolume',
      plural: 'persistentvolumes',
      short: ['pv'],
      scope: 'Cluster',
      sub: [status('PersistentVolume')],
    },
    { kind: 'Pod', plural: 'pods', short: ['po'], all: true, generation: true, sub: pod },
    { kind: 'PodTemplate', plural: 'podtemplates' },
    {
      kind: 'ReplicationController',
      plural: 'replicationcontrollers',
      short: ['rc'],
      all: true,
      generation: true,
      sub: [scale, status('ReplicationController')],
    },
    {
      kind: 'ResourceQuota',
      plural: 'resourcequotas',
      short: ['quota'],
      sub: [status('ResourceQuota')],
    },
    { kind: 'Secret', plural: 'secrets' },
    { kind: 'ServiceAccount', plural: 'serviceaccounts', short: ['sa'], sub: [token] },
    { kind: 'Service', plural: 'services', short: ['svc'], all: true, sub: [status('Service')] },
  ],
  'apps/v1': [
    { kind: 'ControllerRevision', plural: 'controllerrevisions' },
    {
      kind: 'DaemonSet',
      plural: 'daemonsets',
      short: ['ds'],
      all: true,
      generation: true,
      sub: [status('DaemonSet')],
    },
    {
      kind: 'Deployment',
      plural: 'deployments',
      short: ['deploy'],
      all: true,
      generation: true,
      sub: [scale, status('Deployment')],
    },
    {
      kind: 'ReplicaSet',
      plural: 'replicasets',
      short: ['rs'],
      all: true,
      generation: true,
      sub: [scale, status('ReplicaSet')],
    },
    {
      kind: 'StatefulSet',
      plural: 'statefulsets',
      short: ['sts'],
      all: true,
      generation: true,
      sub: [scale, status('StatefulSet')],
    },
  ],
  'events.k8s.io/v1': [{ kind: 'Event', plural: 'events', short: ['ev'] }],
  'authentication.k8s.io/v1': [
    { kind: 'SelfSubjectReview', plural: 'selfsubjectreviews', scope: 'Cluster', stored: false },
  ],
  'authorization.k8s.io/v1': [
    { kind: 'LocalSubjectAccessReview', plural: 'localsubjectaccessreviews', stored: false },
    { kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews', scope: 'Cluster', stored: false },
    { kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews', scope: 'Cluster', stored: false },
    { kind: 'SubjectAccessReview', plural: 'subjectaccessreviews', scope: 'Cluster', stored: false },
  ],
  'batch/v1': [
    {
      kind: 'CronJob',
      plural: 'cronjobs',
      short: ['cj'],
      all: true,
      generation: true,
      sub: [status('CronJob')],
    },
    { kind: 'Job', plural: 'jobs', all: true, generation: true, sub: [status('Job')] },
  ],
  'networking.k8s.io/v1': [
    { kind: 'IngressClass', plural: 'ingressclasses', scope: 'Cluster', generation: true },
    {
      kind: 'Ingress',
      plural: 'ingresses',
      short: ['ing'],
      generation: true,
      sub: [status('Ingress')],
    },
    { kind: 'NetworkPolicy', plural: 'networkpolicies', short: ['netpol'], generation: true },
  ],
  'rbac.authorization.k8s.io/v1': [
    { kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', scope: 'Cluster' },
    { kind: 'ClusterRole', plural: 'clusterroles', scope: 'Cluster' },
    { kind: 'RoleBinding', plural: 'rolebindings' },
    { kind: 'Role', plural: 'roles' },
  ],
  'coordination.k8s.io/v1': [{ kind: 'Lease', plural: 'leases' }],
  'discovery.k8s.io/v1': [{ kind: 'EndpointSlice', plural: 'endpointslices', generation: true }],
};

/** `networking.k8s.io/v1` → group and version; `v1` → the core group. */
export const parseGroupVersion = (groupVersion: string): { group: string; version: string } => {
  const [first = '', second] = groupVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
};

export const groupVersionOf = (resource: { readonly group: string; readonly version: string }): string =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;

/** In the order of discovery. */
export const GROUP_VERSIONS: readonly string[] = Object.keys(GROUPS);

export const RESOURCES: readonly Resource[] = Object.entries(GROUPS).flatMap(([groupVersion, rows]) =>
  rows.map((row) => ({
    ...parseGroupVersion(groupVersion),
    plural: row.plural,
    singular: row.kind.toLowerCase(),
    kind: row.kind,
    namespaced: row.scope === undefined,
    shortNames: row.short ?? [],
    categories: row.all ? ['all'] : [],
    stored: row.stored ?? true,
    generation: row.generation ?? false,
    subresources: row.sub ?? [],
  })),
);

export const findResource = (group: string, version: string, plural: string): Resource | undefined =>
  RESOURCES.find(
    (resource) => resource.group === group && resource.version === version && resource.plural === plural,
  );

/** By the kind that an object states; events.k8s.io Events are kept as core Events. */
export const resourceOfKind = (apiVersion: string, kind: string): Resource | undefined =>
  RESOURCES.find((resource) => groupVersionOf(resource) === apiVersion && resource.kind === kind);

/** By plural alone, as the store names them. */
export const storedResource = (plural: string): Resource | undefined =>
  RESOURCES.find((resource) => resource.plural === plural && resource.stored);
