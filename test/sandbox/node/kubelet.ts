/** The kubelet: runs the pods that are bound to this node and answers for their containers. */
import type { ExecProcess, Kubelet, KubeObject, Store } from '../contract.ts';
import { NODE_NAME, type Plans } from './addresses.ts';
import { isRunning } from './container-status.ts';
import { createEvents } from './events.ts';
import { execIn } from './exec.ts';
import type { NodeLink } from './link.ts';
import type { KubeletContext } from './pod-context.ts';
import { type PodWorker, startPodWorker } from './pod-worker.ts';
import type { Runtime } from './runtime.ts';
import { imageSettings, podSettings } from './settings.ts';

export interface RunningKubelet extends Kubelet {
  /** Every pod bound to the node has got as far as it can. */
  readonly settled: () => boolean;
  /** Kills a container as the kernel would: `OOMKilled`, exit code 137. False: no such container is running. */
  readonly killContainer: (namespace: string, pod: string, container: string, reason: string) => boolean;
  /** Name of the pod's network namespace; undefined: no such pod, or the node's own. */
  readonly networkOf: (namespace: string, pod: string) => 'none' | 'node' | { readonly namespace: string };
  /** Resolves when pods that were deleted are wholly gone from the node. */
  readonly cleaned: () => Promise<void>;
  readonly stop: () => void;
}

export const startKubelet = (
  store: Store,
  node: NodeLink,
  runtime: Runtime,
  plans: Plans,
): RunningKubelet => {
  /** By uid: a pod of the same name can follow at once. */
  const workers = new Map<string, PodWorker>();
  const ending = new Map<string, Promise<void>>();
  const ownNode = () => store.get('nodes', undefined, NODE_NAME);
  const context: KubeletContext = {
    store,
    node,
    runtime,
    nodeAddresses: plans.map((plan) => plan.node),
    events: createEvents(store),
    imageSettings: () => imageSettings(ownNode()),
    podSettings: (pod) => podSettings(pod, ownNode()),
  };
  const uidOf = (pod: KubeObject) => pod.metadata.uid ?? '';

  const end = (pod: KubeObject) => {
    const uid = uidOf(pod);
    const worker = workers.get(uid);
    if (worker === undefined || ending.has(uid)) return;
    const { namespace, name } = pod.metadata;
    const ended = worker
      .stop()
      .catch((error) => console.error(`sandbox: cannot remove pod ${namespace}/${name}:`, error))
      .then(() => {
        workers.delete(uid);
        ending.delete(uid);
        const left = store.get('pods', namespace, name);
        if (left?.metadata.uid === uid) store.delete('pods', namespace, name);
      });
    ending.set(uid, ended);
  };

  const take = (pod: KubeObject) => {
    if (pod.spec.nodeName !== NODE_NAME) return;
    const worker = workers.get(uidOf(pod));
    if (worker === undefined) {
      const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
      if (pod.metadata.deletionTimestamp !== undefined)
        store.delete('pods', pod.metadata.namespace, pod.metadata.name);
      else if (!finished) workers.set(uidOf(pod), startPodWorker(context, pod));
    } else if (pod.metadata.deletionTimestamp !== undefined) {
      // A pod that is to be deleted stays until its kubelet has ended it.
      if (!context.podSettings(pod).kubeletStopped) end(pod);
    } else {
      worker.sync(pod);
    }
  };
  const stopWatching = store.watch(({ type, resource, object }) => {
    if (resource !== 'pods') return;
    if (type === 'DELETED') end(object);
    else take(object);
  });
  for (const pod of store.list('pods')) take(pod);

  const workerOf = (namespace: string, name: string) => {
    const pod = store.get('pods', namespace, name);
    return pod === undefined ? undefined : workers.get(uidOf(pod));
  };

  return {
    log: ({ namespace, pod, container }, options) =>
      workerOf(namespace, pod)?.slot(container)?.log?.read(options),
    exec: ({ namespace, pod, container }, command, options): ExecProcess => {
      const slot = workerOf(namespace, pod)?.slot(container);
      const object = store.get('pods', namespace, pod);
      return execIn(
        runtime,
        object,
        container,
        isRunning(slot?.status) ? slot : undefined,
        command,
        options.stdin,
      );
    },
    settled: () =>
      store
        .list('pods')
        .filter((pod) => pod.spec.nodeName === NODE_NAME)
        .every((pod) => {
          const phase = pod.status?.phase;
          return workers.get(uidOf(pod))?.settled() ?? (phase === 'Succeeded' || phase === 'Failed');
        }),
    killContainer: (namespace, pod, container, reason) => {
      const worker = workerOf(namespace, pod);
      if (worker?.slot(container)?.process === undefined) return false;
      worker.killContainer(container, reason);
      return true;
    },
    networkOf: (namespace, pod) => workerOf(namespace, pod)?.network() ?? 'none',
    cleaned: async () => {
      while (ending.size > 0) await Promise.all(ending.values());
    },
    stop: () => {
      stopWatching();
      for (const worker of workers.values()) void worker.stop().catch(() => undefined);
    },
  };
};
