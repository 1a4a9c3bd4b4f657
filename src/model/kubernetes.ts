/**
 * The parts of Kubernetes objects that a verdict may depend on, and nothing else: parsing drops the rest, so that no
 * environment value, annotation or secret reaches a saved case. Field names and meaning are those of the API reference.
 */
export { type ConfigMap, configMapSchema } from './kubernetes/config-map.ts';
export { type ContainerState, type ContainerStatus, containerStatusSchema } from './kubernetes/container.ts';
export { type DaemonSet, daemonSetSchema } from './kubernetes/daemon-set.ts';
export { type Event, eventSchema } from './kubernetes/event.ts';
export { type Ingress, ingressSchema } from './kubernetes/ingress.ts';
export { type LabelSelector, labelSelectorSchema } from './kubernetes/meta.ts';
export { type Namespace, namespaceSchema } from './kubernetes/namespace.ts';
export { type NetworkPolicy, networkPolicySchema } from './kubernetes/network-policy.ts';
export { type Node, nodeSchema } from './kubernetes/node.ts';
export { type Pod, podSchema } from './kubernetes/pod.ts';
export {
  type EndpointSlice,
  endpointSliceSchema,
  type Service,
  serviceSchema,
} from './kubernetes/service.ts';
export { type Workload, workloadSchema } from './kubernetes/workload.ts';
