/** How evidence is read back from a saved case. Apart from evidence.ts, as a run needs it only at its end. */
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
import { missingRightSchema } from './missing-right.ts';

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
