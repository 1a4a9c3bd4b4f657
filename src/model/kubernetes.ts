/**
 * The parts of Kubernetes objects that a verdict may depend on, and nothing else: parsing drops the rest, so that no
 * environment value, annotation or secret reaches a saved case. Field names and meaning are those of the API reference.
 */
import * as z from 'zod';

const stringMap = z.record(z.string(), z.string());

export const labelSelectorSchema = z.object({
  matchLabels: stringMap.optional(),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
    .optional(),
});
export type LabelSelector = z.infer<typeof labelSelectorSchema>;

const ownerReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  controller: z.boolean().optional(),
});

const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  labels: stringMap.optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  ownerReferences: z.array(ownerReferenceSchema).optional(),
});

const containerStateSchema = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  running: z.object({ startedAt: z.string().optional() }).optional(),
  terminated: z
    .object({
      exitCode: z.number(),
      reason: z.string().optional(),
      message: z.string().optional(),
      finishedAt: z.string().optional(),
    })
    .optional(),
});
export type ContainerState = z.infer<typeof containerStateSchema>;

export const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.boolean().optional(),
  restartCount: z.number().optional(),
  state: containerStateSchema.optional(),
  lastState: containerStateSchema.optional(),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

const securityContextSchema = z.object({
  runAsUser: z.number().optional(),
  runAsGroup: z.number().optional(),
  runAsNonRoot: z.boolean().optional(),
});

const containerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  ports: z
    .array(
      z.object({ name: z.string().optional(), containerPort: z.number(), protocol: z.string().optional() }),
    )
    .optional(),
  readinessProbe: z.object({}).optional(),
  securityContext: securityContextSchema.optional(),
});

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** Annotations that say how a pod may be entered; all others are dropped. */
const KEPT_ANNOTATIONS: readonly string[] = [
  'kubernetes.io/config.mirror',
  'openshift.io/scc',
  'ambient.istio.io/redirection',
  'linkerd.io/proxy-version',
];
const annotationsSchema = stringMap.transform((all) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => KEPT_ANNOTATIONS.includes(key))),
);

export const podSchema = z.object({
  metadata: metadataSchema.extend({ annotations: annotationsSchema.optional() }),
  spec: z.object({
    nodeName: z.string().optional(),
    hostNetwork: z.boolean().optional(),
    hostUsers: z.boolean().optional(),
    dnsPolicy: z.string().optional(),
    dnsConfig: z
      .object({
        nameservers: z.array(z.string()).optional(),
        searches: z.array(z.string()).optional(),
        options: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
      })
      .optional(),
    serviceAccountName: z.string().optional(),
    os: z.object({ name: z.string() }).optional(),
    securityContext: securityContextSchema.optional(),
    containers: z.array(containerSchema).default([]),
    initContainers: z.array(containerSchema.extend({ restartPolicy: z.string().optional() })).optional(),
    ephemeralContainers: z.array(containerSchema).optional(),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      podIP: z.string().optional(),
      podIPs: z.array(z.object({ ip: z.string() })).optional(),
      hostIP: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
      containerStatuses: z.array(containerStatusSchema).optional(),
      initContainerStatuses: z.array(containerStatusSchema).optional(),
      ephemeralContainerStatuses: z.array(containerStatusSchema).optional(),
    })
    .default({}),
});
export type Pod = z.infer<typeof podSchema>;

export const nodeSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      podCIDRs: z.array(z.string()).optional(),
      taints: z.array(z.object({ key: z.string(), effect: z.string() })).optional(),
    })
    .optional(),
  status: z
    .object({
      conditions: z.array(conditionSchema).optional(),
      nodeInfo: z
        .object({
          kubeletVersion: z.string().optional(),
          containerRuntimeVersion: z.string().optional(),
          operatingSystem: z.string().optional(),
          architecture: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});
export type Node = z.infer<typeof nodeSchema>;

export const serviceSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: z.string().optional(),
    clusterIP: z.string().optional(),
    clusterIPs: z.array(z.string()).optional(),
    externalName: z.string().optional(),
    selector: stringMap.optional(),
    ports: z
      .array(
        z.object({
          name: z.string().optional(),
          port: z.number(),
          protocol: z.string().optional(),
          targetPort: z.union([z.number(), z.string()]).optional(),
        }),
      )
      .optional(),
    publishNotReadyAddresses: z.boolean().optional(),
    internalTrafficPolicy: z.string().optional(),
    externalTrafficPolicy: z.string().optional(),
  }),
});
export type Service = z.infer<typeof serviceSchema>;

export const endpointSliceSchema = z.object({
  metadata: metadataSchema,
  addressType: z.string(),
  endpoints: z
    .array(
      z.object({
        addresses: z.array(z.string()),
        conditions: z
          .object({
            ready: z.boolean().nullish(),
            serving: z.boolean().nullish(),
            terminating: z.boolean().nullish(),
          })
          .optional(),
        nodeName: z.string().nullish(),
        targetRef: z
          .object({
            kind: z.string().optional(),
            name: z.string().optional(),
            namespace: z.string().optional(),
          })
          .optional(),
      }),
    )
    .nullish(),
  ports: z
    .array(
      z.object({
        name: z.string().nullish(),
        port: z.number().nullish(),
        protocol: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type EndpointSlice = z.infer<typeof endpointSliceSchema>;

const policyPeerSchema = z.object({
  podSelector: labelSelectorSchema.optional(),
  namespaceSelector: labelSelectorSchema.optional(),
  ipBlock: z.object({ cidr: z.string(), except: z.array(z.string()).optional() }).optional(),
});
const policyPortSchema = z.object({
  protocol: z.string().optional(),
  port: z.union([z.number(), z.string()]).optional(),
  endPort: z.number().optional(),
});

export const networkPolicySchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    podSelector: labelSelectorSchema.optional(),
    policyTypes: z.array(z.string()).optional(),
    ingress: z
      .array(
        z.object({ from: z.array(policyPeerSchema).optional(), ports: z.array(policyPortSchema).optional() }),
      )
      .optional(),
    egress: z
      .array(
        z.object({ to: z.array(policyPeerSchema).optional(), ports: z.array(policyPortSchema).optional() }),
      )
      .optional(),
  }),
});
export type NetworkPolicy = z.infer<typeof networkPolicySchema>;

export const eventSchema = z.object({
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  count: z.number().nullish(),
  lastTimestamp: z.string().nullish(),
  involvedObject: z
    .object({
      kind: z.string().optional(),
      namespace: z.string().optional(),
      name: z.string().optional(),
      fieldPath: z.string().optional(),
    })
    .optional(),
});
export type Event = z.infer<typeof eventSchema>;
