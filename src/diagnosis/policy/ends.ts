/** Ends and policies of a flow, from what the API server told. */
import type { Known } from '../../model/evidence.ts';
import type { NetworkPolicy, Pod } from '../../model/kubernetes.ts';
import type { ContainerPort, Labels, PodEnd, Policies } from './flow.ts';

/** Of containers that run beside each other: ephemeral containers have no ports, and an init container that ends listens on none. */
const containerPorts = ({ spec }: Pod): readonly ContainerPort[] =>
  [
    ...spec.containers,
    ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ].flatMap(({ ports }) => ports ?? []);

const addresses = ({ status }: Pod): readonly string[] =>
  status.podIPs?.map(({ ip }) => ip) ?? (status.podIP === undefined ? [] : [status.podIP]);

/** `namespaceLabels`: undefined where they could not be read. `address`: the one of the pod's that the flow uses, where that is known. */
export const podEnd = (pod: Pod, namespaceLabels: Labels | undefined, address?: string): PodEnd => ({
  kind: 'pod',
  namespace: pod.metadata.namespace ?? 'default',
  name: pod.metadata.name,
  labels: pod.metadata.labels ?? {},
  namespaceLabels,
  ips: addresses(pod),
  address,
  hostNetwork: pod.spec.hostNetwork === true,
  nodeName: pod.spec.nodeName,
  hostIPs: pod.status.hostIP === undefined ? undefined : [pod.status.hostIP],
  containerPorts: containerPorts(pod),
});

/** A server that has no such API has no such policies. */
export const policiesOf = (networkPolicies: Known<readonly NetworkPolicy[]>): Policies => {
  switch (networkPolicies.state) {
    case 'known':
      return { state: 'known', policies: networkPolicies.value };
    case 'absent':
      return { state: 'known', policies: [] };
    case 'forbidden':
      return { state: 'unknown', why: 'not permitted to list networkpolicies' };
    case 'failed':
      return { state: 'unknown', why: `networkpolicies were not read: ${networkPolicies.reason}` };
    case 'not-asked':
      return { state: 'unknown', why: 'networkpolicies were not asked for' };
  }
};
