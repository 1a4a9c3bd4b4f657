import * as z from 'zod/mini';
import { containerSchema, containerStatusSchema, securityContextSchema } from './container.ts';
import { conditionSchema, messageSchema, metadataSchema, stringMap } from './meta.ts';

/** Annotations that say how a pod may be entered; all others are dropped. */
const KEPT_ANNOTATIONS: readonly string[] = [
  'kubernetes.io/config.mirror',
  'kubectl.kubernetes.io/default-container',
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
    hostname: z.optional(z.string()),
    subdomain: z.optional(z.string()),
    hostAliases: z.optional(
      z.array(z.object({ ip: z.string(), hostnames: z.optional(z.array(z.string())) })),
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
      message: z.optional(messageSchema),
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
