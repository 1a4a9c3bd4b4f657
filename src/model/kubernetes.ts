/**
 * The parts of Kubernetes objects that a verdict may depend on, and nothing else: parsing drops the rest, so that no
 * environment value, annotation or secret reaches a saved case. Field names and meaning are those of the API reference.
 */
import * as z from 'zod/mini';
import { proxyVariablesSchema } from './app-environment.ts';

const stringMap = z.record(z.string(), z.string());

export const labelSelectorSchema = z.object({
  matchLabels: z.optional(stringMap),
  matchExpressions: z.optional(
    z.array(z.object({ key: z.string(), operator: z.string(), values: z.optional(z.array(z.string())) })),
  ),
});
export type LabelSelector = z.infer<typeof labelSelectorSchema>;

const ownerReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  controller: z.optional(z.boolean()),
});

const metadataSchema = z.object({
  name: z.string(),
  namespace: z.optional(z.string()),
  uid: z.optional(z.string()),
  labels: z.optional(stringMap),
  creationTimestamp: z.optional(z.string()),
  deletionTimestamp: z.optional(z.string()),
  ownerReferences: z.optional(z.array(ownerReferenceSchema)),
});

const containerStateSchema = z.object({
  waiting: z.optional(z.object({ reason: z.optional(z.string()), message: z.optional(z.string()) })),
  running: z.optional(z.object({ startedAt: z.optional(z.string()) })),
  terminated: z.optional(
    z.object({
      exitCode: z.number(),
      reason: z.optional(z.string()),
      message: z.optional(z.string()),
      finishedAt: z.optional(z.string()),
    }),
  ),
});
export type ContainerState = z.infer<typeof containerStateSchema>;

export const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.optional(z.boolean()),
  restartCount: z.optional(z.number()),
  state: z.optional(containerStateSchema),
  lastState: z.optional(containerStateSchema),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

const securityContextSchema = z.object({
  runAsUser: z.optional(z.number()),
  runAsGroup: z.optional(z.number()),
  runAsNonRoot: z.optional(z.boolean()),
});

const containerSchema = z.object({
  name: z.string(),
  image: z.optional(z.string()),
  ports: z.optional(
    z.array(
      z.object({ name: z.optional(z.string()), containerPort: z.number(), protocol: z.optional(z.string()) }),
    ),
  ),
  readinessProbe: z.optional(z.object({})),
  /** Its proxy settings, without user names and passwords; nothing else of it is kept. */
  env: z.optional(proxyVariablesSchema),
  /** Only that there is such a thing: it may set a proxy. */
  envFrom: z.optional(z.array(z.object({}))),
  securityContext: z.optional(securityContextSchema),
});

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
});

/** Annotations that say how a pod may be entered; all others are dropped. */
const KEPT_ANNOTATIONS: readonly string[] = [
  'kubernetes.io/config.mirror',
  'openshift.io/scc',
  'ambient.istio.io/redirection',
  'linkerd.io/proxy-version',
];
const annotationsSchema = z.pipe(
  stringMap,
  z.transform((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => KEPT_ANNOTATIONS.includes(key))),
  ),
);

export const podSchema = z.object({
  metadata: z.extend(metadataSchema, { annotations: z.optional(annotationsSchema) }),
  spec: z.object({
    nodeName: z.optional(z.string()),
    hostNetwork: z.optional(z.boolean()),
    hostUsers: z.optional(z.boolean()),
    dnsPolicy: z.optional(z.string()),
    dnsConfig: z.optional(
      z.object({
        nameservers: z.optional(z.array(z.string())),
        searches: z.optional(z.array(z.string())),
        options: z.optional(z.array(z.object({ name: z.string(), value: z.optional(z.string()) }))),
      }),
    ),
    serviceAccountName: z.optional(z.string()),
    os: z.optional(z.object({ name: z.string() })),
    securityContext: z.optional(securityContextSchema),
    containers: z._default(z.array(containerSchema), []),
    initContainers: z.optional(z.array(z.extend(containerSchema, { restartPolicy: z.optional(z.string()) }))),
    ephemeralContainers: z.optional(z.array(containerSchema)),
  }),
  status: z._default(
    z.object({
      phase: z.optional(z.string()),
      reason: z.optional(z.string()),
      message: z.optional(z.string()),
      podIP: z.optional(z.string()),
      podIPs: z.optional(z.array(z.object({ ip: z.string() }))),
      hostIP: z.optional(z.string()),
      conditions: z.optional(z.array(conditionSchema)),
      containerStatuses: z.optional(z.array(containerStatusSchema)),
      initContainerStatuses: z.optional(z.array(containerStatusSchema)),
      ephemeralContainerStatuses: z.optional(z.array(containerStatusSchema)),
    }),
    {},
  ),
});
export type Pod = z.infer<typeof podSchema>;

export const nodeSchema = z.object({
  metadata: metadataSchema,
  spec: z.optional(
    z.object({
      podCIDRs: z.optional(z.array(z.string())),
      taints: z.optional(z.array(z.object({ key: z.string(), effect: z.string() }))),
    }),
  ),
  status: z.optional(
    z.object({
      conditions: z.optional(z.array(conditionSchema)),
      nodeInfo: z.optional(
        z.object({
          kubeletVersion: z.optional(z.string()),
          containerRuntimeVersion: z.optional(z.string()),
          operatingSystem: z.optional(z.string()),
          architecture: z.optional(z.string()),
        }),
      ),
    }),
  ),
});
export type Node = z.infer<typeof nodeSchema>;

export const serviceSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: z.optional(z.string()),
    clusterIP: z.optional(z.string()),
    clusterIPs: z.optional(z.array(z.string())),
    externalName: z.optional(z.string()),
    selector: z.optional(stringMap),
    ports: z.optional(
      z.array(
        z.object({
          name: z.optional(z.string()),
          port: z.number(),
          protocol: z.optional(z.string()),
          targetPort: z.optional(z.union([z.number(), z.string()])),
        }),
      ),
    ),
    publishNotReadyAddresses: z.optional(z.boolean()),
    internalTrafficPolicy: z.optional(z.string()),
    externalTrafficPolicy: z.optional(z.string()),
  }),
});
export type Service = z.infer<typeof serviceSchema>;

export const endpointSliceSchema = z.object({
  metadata: metadataSchema,
  addressType: z.string(),
  endpoints: z.nullish(
    z.array(
      z.object({
        addresses: z.array(z.string()),
        conditions: z.optional(
          z.object({
            ready: z.nullish(z.boolean()),
            serving: z.nullish(z.boolean()),
            terminating: z.nullish(z.boolean()),
          }),
        ),
        nodeName: z.nullish(z.string()),
        targetRef: z.optional(
          z.object({
            kind: z.optional(z.string()),
            name: z.optional(z.string()),
            namespace: z.optional(z.string()),
          }),
        ),
      }),
    ),
  ),
  ports: z.nullish(
    z.array(
      z.object({
        name: z.nullish(z.string()),
        port: z.nullish(z.number()),
        protocol: z.nullish(z.string()),
      }),
    ),
  ),
});
export type EndpointSlice = z.infer<typeof endpointSliceSchema>;

const policyPeerSchema = z.object({
  podSelector: z.optional(labelSelectorSchema),
  namespaceSelector: z.optional(labelSelectorSchema),
  ipBlock: z.optional(z.object({ cidr: z.string(), except: z.optional(z.array(z.string())) })),
});
const policyPortSchema = z.object({
  protocol: z.optional(z.string()),
  port: z.optional(z.union([z.number(), z.string()])),
  endPort: z.optional(z.number()),
});

export const networkPolicySchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    podSelector: z.optional(labelSelectorSchema),
    policyTypes: z.optional(z.array(z.string())),
    ingress: z.optional(
      z.array(
        z.object({
          from: z.optional(z.array(policyPeerSchema)),
          ports: z.optional(z.array(policyPortSchema)),
        }),
      ),
    ),
    egress: z.optional(
      z.array(
        z.object({ to: z.optional(z.array(policyPeerSchema)), ports: z.optional(z.array(policyPortSchema)) }),
      ),
    ),
  }),
});
export type NetworkPolicy = z.infer<typeof networkPolicySchema>;

export const eventSchema = z.object({
  type: z.optional(z.string()),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
  count: z.nullish(z.number()),
  lastTimestamp: z.nullish(z.string()),
  involvedObject: z.optional(
    z.object({
      kind: z.optional(z.string()),
      namespace: z.optional(z.string()),
      name: z.optional(z.string()),
      fieldPath: z.optional(z.string()),
    }),
  ),
});
export type Event = z.infer<typeof eventSchema>;
