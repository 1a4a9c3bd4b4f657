/** Service meshes: a proxy inside the pod's network accepts every TCP connection, whatever becomes of it. */
import type { Observation } from '../../probes/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';

const SIDECARS: readonly string[] = ['istio-proxy', 'linkerd-proxy'];

/** `istio-proxy`: what intercepts the pod's connections; undefined where nothing is known to. */
export const meshOf = ({ spec, metadata }: Pod): string | undefined => {
  // Native sidecars are init containers.
  const sidecar = [...spec.containers, ...(spec.initContainers ?? [])].find(({ name }) =>
    SIDECARS.includes(name),
  );
  if (sidecar !== undefined) return sidecar.name;
  return metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled' ? 'ztunnel' : undefined;
};

/**
 * In a pod of a mesh, TCP that opens towards the internet was opened by the proxy: it counts as not measured. What answers a
 * request behind it is real.
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
      observation.purpose === 'internet' &&
      observation.outcome.kind === 'open'
        ? { ...observation, outcome: { kind: 'did-not-run', reason: 'intercepted', detail: mesh } }
        : observation,
  );
};
