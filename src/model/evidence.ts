/** What the API server told. Each item says whether it is known, and if not, why: "may not look" is never "absent". */
import * as z from 'zod/mini';
import {
  configMapSchema,
  daemonSetSchema,
  endpointSliceSchema,
  eventSchema,
  ingressSchema,
  namespaceSchema,
  networkPolicySchema,
  nodeSchema,
  podSchema,
  serviceSchema,
  workloadSchema,
} from './kubernetes.ts';

export const missingRightSchema = z.object({
  verb: z.string(),
  /** `pods`, or `pods/ephemeralcontainers` for a subresource. */
  resource: z.string(),
  /** API group, empty for core. */
  group: z.string(),
  /** undefined for cluster-scoped resources. */
  namespace: z.optional(z.string()),
  /** Who lacks it, where the server said so. */
  user: z.optional(z.string()),
});
export type MissingRight = z.infer<typeof missingRightSchema>;

const known = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('known'), value }),
    /** The server says that it does not exist. */
    z.object({ state: z.literal('absent') }),
    /** 403: not permitted to look. */
    z.object({ state: z.literal('forbidden'), right: missingRightSchema }),
    /** Asked, but no usable answer came. */
    z.object({ state: z.literal('failed'), reason: z.string() }),
    /** Not asked, because nothing would have used it. */
    z.object({ state: z.literal('not-asked') }),
  ]);

export type Known<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'forbidden'; readonly right: MissingRight }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'not-asked' };

/** What cases of earlier versions do not have was not asked. */
const added = <T extends z.ZodMiniType>(value: T) =>
  z._default(known(value), (): { state: 'not-asked' } => ({ state: 'not-asked' }));

export const evidenceSchema = z.object({
  /** The target, as it was before anything was added to it. */
  pod: known(podSchema),
  /** Names of pods in the namespace, asked only when the target was not found. */
  podNames: known(z.array(z.string())),
  podEvents: known(z.array(eventSchema)),
  node: known(nodeSchema),
  /** The Service that answers for cluster DNS. */
  dnsService: known(serviceSchema),
  dnsEndpointSlices: known(z.array(endpointSliceSchema)),
  /** Pods that the DNS Service selects. */
  dnsPods: known(z.array(podSchema)),
  /** Service `default/kubernetes`: the API server as pods see it. */
  apiService: known(serviceSchema),
  apiEndpointSlices: known(z.array(endpointSliceSchema)),
  /** All NetworkPolicies of the target's namespace. */
  networkPolicies: known(z.array(networkPolicySchema)),
  /** The target's own namespace, for its labels. */
  namespace: added(namespaceSchema),
  /** The namespace of the DNS Service, for its labels. */
  dnsNamespace: added(namespaceSchema),

  // Of the destination.
  destinationService: added(serviceSchema),
  destinationEndpointSlices: added(z.array(endpointSliceSchema)),
  /** The pods that its Service selects, or the pod itself. */
  destinationPods: added(z.array(podSchema)),
  destinationIngress: added(ingressSchema),
  destinationNamespace: added(namespaceSchema),
  /** All NetworkPolicies of its namespace. */
  destinationPolicies: added(z.array(networkPolicySchema)),

  // Asked only where something failed that they may explain.
  /** Events of the destination's namespace. */
  destinationEvents: added(z.array(eventSchema)),
  /** Pods of the destination's namespace, the first 500: where its Service selects none. */
  destinationNeighbours: added(z.array(podSchema)),
  /** Deployments and StatefulSets of the destination's namespace: where its Service selects no pod. */
  destinationWorkloads: added(z.array(workloadSchema)),
  /** Services that may have been meant: those of the destination's namespace, and those of its name in all namespaces. */
  services: added(z.array(serviceSchema)),
  servicesElsewhere: added(z.array(serviceSchema)),
  /** The nodes of the destination's pods. */
  destinationNodes: added(z.array(nodeSchema)),
  /** The ConfigMap that holds the Corefile. */
  corefile: added(configMapSchema),
  kubeProxyPods: added(z.array(podSchema)),
  /** DaemonSets of the namespaces where network plugins live. */
  networkDaemonSets: added(z.array(daemonSetSchema)),
  /** API groups that the server has, beyond those of Kubernetes itself. */
  apiGroups: added(z.array(z.string())),
});
export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceKey = keyof Evidence;
export const EVIDENCE_KEYS: readonly EvidenceKey[] = Object.values(z.keyof(evidenceSchema).def.entries);
/** Asked only where something failed that it may explain. */
export type MoreKey = Extract<
  EvidenceKey,
  | 'destinationEvents'
  | 'destinationNeighbours'
  | 'destinationWorkloads'
  | 'services'
  | 'servicesElsewhere'
  | 'destinationNodes'
  | 'corefile'
  | 'kubeProxyPods'
  | 'networkDaemonSets'
  | 'apiGroups'
>;
/** The value that an item of evidence holds when it is known. */
export type EvidenceValue<K extends EvidenceKey> = Extract<Evidence[K], { state: 'known' }>['value'];

const NOT_ASKED = { state: 'not-asked' } as const;
/** Before anything was asked. */
export const NO_EVIDENCE: Evidence = {
  pod: NOT_ASKED,
  podNames: NOT_ASKED,
  podEvents: NOT_ASKED,
  node: NOT_ASKED,
  dnsService: NOT_ASKED,
  dnsEndpointSlices: NOT_ASKED,
  dnsPods: NOT_ASKED,
  apiService: NOT_ASKED,
  apiEndpointSlices: NOT_ASKED,
  networkPolicies: NOT_ASKED,
  namespace: NOT_ASKED,
  dnsNamespace: NOT_ASKED,
  destinationService: NOT_ASKED,
  destinationEndpointSlices: NOT_ASKED,
  destinationPods: NOT_ASKED,
  destinationIngress: NOT_ASKED,
  destinationNamespace: NOT_ASKED,
  destinationPolicies: NOT_ASKED,
  destinationEvents: NOT_ASKED,
  destinationNeighbours: NOT_ASKED,
  destinationWorkloads: NOT_ASKED,
  services: NOT_ASKED,
  servicesElsewhere: NOT_ASKED,
  destinationNodes: NOT_ASKED,
  corefile: NOT_ASKED,
  kubeProxyPods: NOT_ASKED,
  networkDaemonSets: NOT_ASKED,
  apiGroups: NOT_ASKED,
};
