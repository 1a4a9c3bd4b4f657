/** Which container of a pod a process is put into. Pure. */
import type { Pod } from '../../model/kubernetes.ts';
import { MESH_SIDECARS } from '../../model/mesh-sidecars.ts';

type Container = Pod['spec']['containers'][number];

const listed = (names: readonly string[]): string => names.join(', ');

/** As kubectl: the named one, else the pod's default one, else the first; a string says why there is none. */
export const containerToEnter = (pod: Pod, wanted: string | undefined): Container | string => {
  const { containers, ephemeralContainers = [], initContainers = [] } = pod.spec;
  const all = [...containers, ...initContainers, ...ephemeralContainers];
  if (wanted !== undefined)
    return (
      all.find(({ name }) => name === wanted) ??
      `the pod has no container ${wanted}; it has: ${listed(all.map(({ name }) => name))}`
    );
  const usual = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  return (
    containers.find(({ name }) => name === usual) ??
    // A mesh's proxy is exempt from what the app's traffic goes through.
    containers.find(({ name }) => !MESH_SIDECARS.includes(name)) ??
    containers[0] ??
    'the pod has no container'
  );
};
