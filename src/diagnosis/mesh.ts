/** Service meshes: a proxy inside the pod's network accepts every TCP connection, whatever becomes of it. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';
import { MESH_SIDECARS } from '../model/mesh-sidecars.ts';
import type { Purpose } from '../model/probe.ts';

/** `istio-proxy`: what intercepts the pod's connections; undefined where nothing is known to. */
export const meshOf = ({ spec, metadata }: Pod): string | undefined => {
  // Native sidecars are init containers.
  const sidecar = [...spec.containers, ...(spec.initContainers ?? [])].find(({ name }) =>
    MESH_SIDECARS.includes(name),
  );
  // The pod of a gateway is nothing but such a proxy, and is itself not intercepted.
  if (sidecar !== undefined && spec.containers.some(({ name }) => !MESH_SIDECARS.includes(name)))
    return sidecar.name;
  return metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled' ? 'ztunnel' : undefined;
};

/** Towards whom a mesh carries what the pod sends. The Kubernetes API is among its exceptions, or proves itself by its answer. */
const CARRIED: readonly Purpose[] = [
  'internet',
  'destination',
  'destination-endpoint',
  'destination-reference',
];

/** Who accepted connections in place of whom they were meant for; undefined where nobody did. */
export const interceptorOf = (
  connects: readonly { readonly outcome: OutcomeOf<'tcp-connect'> }[],
): string | undefined => {
  for (const { outcome } of connects)
    if (outcome.kind === 'did-not-run' && outcome.reason === 'intercepted')
      return outcome.detail ?? 'a mesh sidecar';
  return undefined;
};

/**
 * In a pod of a mesh, TCP that opens was opened by the proxy: it counts as not measured. What answers a request behind it is real.
 */
export const withoutProxied = (
  observations: readonly Observation[],
  pod: Evidence['pod'],
): readonly Observation[] => {
  const mesh = pod.state === 'known' ? meshOf(pod.value) : undefined;
  if (mesh === undefined) return observations;
  return observations.map(
    (observation): Observation =>
      observation.probe === 'tcp-connect' &&
      CARRIED.includes(observation.purpose) &&
      observation.outcome.kind === 'open'
        ? { ...observation, outcome: { kind: 'did-not-run', reason: 'intercepted', detail: mesh } }
        : observation,
  );
};
