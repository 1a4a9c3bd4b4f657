/**
 * How strategic merge treats lists: by which key their items are one and the same. Lists not named here are replaced.
 * Source: the patchStrategy and patchMergeKey tags of k8s.io/api.
 */

/** A list of objects merged by `key`, or of plain values (`key` undefined) merged as a set; `item` for what is inside. */
export interface ListSchema {
  readonly list: 'merge';
  readonly key?: string;
  readonly item?: MergeSchema;
}
export interface MergeSchema {
  readonly [field: string]: ListSchema | MergeSchema;
}

const by = (key: string, item?: MergeSchema): ListSchema => ({
  list: 'merge',
  key,
  ...(item === undefined ? {} : { item }),
});
const SET: ListSchema = { list: 'merge' };

const METADATA: MergeSchema = { ownerReferences: by('uid'), finalizers: SET };
const CONTAINER: MergeSchema = {
  env: by('name'),
  ports: by('containerPort'),
  volumeMounts: by('mountPath'),
  volumeDevices: by('devicePath'),
  resources: { claims: by('name') },
};
const POD_SPEC: MergeSchema = {
  containers: by('name', CONTAINER),
  initContainers: by('name', CONTAINER),
  ephemeralContainers: by('name', CONTAINER),
  volumes: by('name'),
  imagePullSecrets: by('name'),
  hostAliases: by('ip'),
  topologySpreadConstraints: by('topologyKey'),
  schedulingGates: by('name'),
  resourceClaims: by('name'),
};
const POD_TEMPLATE: MergeSchema = { metadata: METADATA, spec: POD_SPEC };
const CONDITIONS: MergeSchema = { conditions: by('type') };
const WORKLOAD: MergeSchema = {
  metadata: METADATA,
  spec: { template: POD_TEMPLATE },
  status: CONDITIONS,
};

const SCHEMAS: Readonly<Record<string, MergeSchema>> = {
  Pod: {
    metadata: METADATA,
    spec: POD_SPEC,
    status: { conditions: by('type'), podIPs: by('ip') },
  },
  PodTemplate: { metadata: METADATA, template: POD_TEMPLATE },
  ReplicationController: WORKLOAD,
  Deployment: WORKLOAD,
  ReplicaSet: WORKLOAD,
  StatefulSet: WORKLOAD,
  DaemonSet: WORKLOAD,
  Job: WORKLOAD,
  CronJob: { metadata: METADATA, spec: { jobTemplate: { spec: { template: POD_TEMPLATE } } } },
  Service: { metadata: METADATA, spec: { ports: by('port') }, status: CONDITIONS },
  Node: {
    metadata: METADATA,
    spec: { podCIDRs: SET },
    status: { conditions: by('type'), addresses: by('type') },
  },
  Namespace: { metadata: METADATA, status: CONDITIONS },
  ServiceAccount: { metadata: METADATA, secrets: by('name'), imagePullSecrets: by('name') },
  PersistentVolumeClaim: { metadata: METADATA, status: CONDITIONS },
};

export const mergeSchemaOf = (kind: string): MergeSchema => SCHEMAS[kind] ?? { metadata: METADATA };

export const isListSchema = (schema: ListSchema | MergeSchema | undefined): schema is ListSchema =>
  schema !== undefined && 'list' in schema && schema.list === 'merge';
