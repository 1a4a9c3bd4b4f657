/** When the cluster first told that a debug container will not run: by an event, and by status. */
import type { Store } from '../sandbox/contract.ts';

export interface Told {
  /** From the kubelet's first warning about a debug container to the end of the run, milliseconds; undefined: there was none. */
  readonly afterEventMs: number | undefined;
  /** Status had told it too by then. */
  readonly afterStatus: boolean;
}

const NORMAL: readonly string[] = ['ContainerCreating', 'PodInitializing'];

export const watchTelling = (store: Store): { readonly end: () => Told } => {
  let eventAt: number | undefined;
  let afterStatus = false;
  const stop = store.watch(({ type, resource, object }) => {
    if (type === 'DELETED') return;
    if (resource === 'events') {
      const own = object.involvedObject?.fieldPath?.startsWith('spec.ephemeralContainers{') === true;
      if (own && object.type === 'Warning') eventAt ??= performance.now();
    }
    if (resource === 'pods') {
      const statuses: readonly { state: { waiting?: { reason: string } } }[] =
        object.status?.ephemeralContainerStatuses ?? [];
      afterStatus ||= statuses.some(
        ({ state }) => state.waiting !== undefined && !NORMAL.includes(state.waiting.reason),
      );
    }
  });
  return {
    end: () => {
      stop();
      return {
        afterEventMs: eventAt === undefined ? undefined : performance.now() - eventAt,
        afterStatus,
      };
    },
  };
};
