/** What the API server fills into a Service, its addresses aside (allocation/). Source: pkg/apis/core/v1/defaults.go. */
import type { Loose } from '../json.ts';

/** Changes its argument. */
export const defaultService = (service: Loose): void => {
  const { spec } = service;
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    port.targetPort ??= port.port;
  }
  if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') spec.externalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  service.status ??= { loadBalancer: {} };
};
