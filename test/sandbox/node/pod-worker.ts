/** One pod on the node: its sandbox, its containers in their order, its status, its end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../contract.ts';
import { runApp } from './app-container.ts';
import { endOf, timestamp, waiting } from './container-status.ts';
import { runEphemeral } from './ephemeral-container.ts';
import { type ContainerSlot, type KubeletContext, newSlot, type PodContext } from './pod-context.ts';
import { podStatus } from './pod-status.ts';
import type { Sandbox } from './sandboxes.ts';

export interface PodWorker {
  /** Takes a new version of the pod. */
  readonly sync: (pod: KubeObject) => void;
  readonly slot: (container: string) => ContainerSlot | undefined;
  /** Nothing more will happen without a cause from outside. */
  readonly settled: () => boolean;
  readonly killContainer: (container: string, reason: string) => void;
  /** `none` until the sandbox is up. */
  readonly network: () => 'none' | 'node' | { readonly namespace: string };
  /** Ends every process and the namespace; no status is written any more. */
  readonly stop: () => Promise<void>;
}

const SANDBOX_RETRY_MS = 10_000;
const SOON_MS = 1000;
const LONG_INIT_MS = 3000;

/** An init container that fails, or that runs on and on: the pod will not get any further by itself. */
const holdsUp = ({ spec, settled, status }: ContainerSlot): boolean => {
  if (spec.restartPolicy === 'Always') return false;
  const running = status !== undefined && 'running' in status.state ? status.state.running : undefined;
  if (running !== undefined) return Date.now() - Date.parse(running.startedAt) > LONG_INIT_MS;
  return settled && endOf(status)?.exitCode !== 0;
};

export const startPodWorker = (kubelet: KubeletContext, first: KubeObject): PodWorker => {
  const { store } = kubelet;
  const { namespace, name } = first.metadata;
  const aborting = new AbortController();
  const startTime = timestamp();
  const init = (first.spec.initContainers ?? []).map((spec: unknown) => newSlot(spec, 'spec.initContainers'));
  const apps: readonly ContainerSlot[] = first.spec.containers.map((spec: unknown) =>
    newSlot(spec, 'spec.containers'),
  );
  const ephemeral: ContainerSlot[] = [];
  const all = (): readonly ContainerSlot[] => [...init, ...apps, ...ephemeral];
  let pod = first;
  let observedGeneration = first.metadata.generation ?? 1;
  let sandbox: Sandbox | undefined;
  let sandboxSettled = false;
  let lastInjection = Number.NEGATIVE_INFINITY;

  const creating = (slot: ContainerSlot) =>
    slot.status ?? waiting(slot.spec, init.length > 0 ? 'PodInitializing' : 'ContainerCreating');
  const publish = () => {
    if (aborting.signal.aborted) return;
    const updated = store.update('pods', namespace, name, (current) =>
      current.metadata.uid !== first.metadata.uid
        ? current
        : {
            ...current,
            status: podStatus(current, {
              observedGeneration,
              startTime,
              nodeAddresses: kubelet.nodeAddresses,
              addresses: sandbox?.addresses ?? [],
              init: init.map(creating),
              containers: apps.map(creating),
              ephemeral: ephemeral.flatMap(({ status }) => status ?? []),
            }),
          },
    );
    if (updated !== undefined) pod = updated;
  };
  const context: PodContext = {
    ...kubelet,
    pod: () => pod,
    sandbox: () => {
      if (sandbox === undefined) throw new Error(`pod ${namespace}/${name} has no sandbox yet`);
      return sandbox;
    },
    signal: aborting.signal,
    publish,
  };
  /** Work that ends silently with the pod; anything else that throws is a fault of the sandbox and must be seen. */
  const background = (work: Promise<unknown>) => {
    void work.catch((error) => {
      if (aborting.signal.aborted) return;
      console.error(`sandbox: pod ${namespace}/${name}:`, error);
    });
  };

  const makeSandbox = async (): Promise<Sandbox> => {
    for (;;) {
      const settings = kubelet.podSettings(pod);
      if (settings.sandboxError === undefined) return kubelet.runtime.up(pod, settings);
      kubelet.events.record(
        pod,
        undefined,
        'Warning',
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ${settings.sandboxError}`,
      );
      sandboxSettled = true;
      await sleep(SANDBOX_RETRY_MS, undefined, { signal: aborting.signal });
    }
  };

  const inject = () => {
    const since = performance.now();
    if (kubelet.podSettings(pod).kubeletStopped) return;
    for (const spec of pod.spec.ephemeralContainers ?? []) {
      if (ephemeral.some((slot) => slot.spec.name === spec.name)) continue;
      const slot = newSlot(spec, 'spec.ephemeralContainers');
      ephemeral.push(slot);
      const followsSoon = since - lastInjection < SOON_MS;
      lastInjection = since;
      const generation = pod.metadata.generation ?? observedGeneration;
      background(
        runEphemeral(context, slot, since, followsSoon, () => {
          observedGeneration = Math.max(observedGeneration, generation);
        }),
      );
    }
  };
  const isFinished = () => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

  const run = async () => {
    publish();
    const made = await makeSandbox();
    sandbox = made;
    if (aborting.signal.aborted) return;
    publish();
    inject();
    const policy: string = pod.spec.restartPolicy ?? 'Always';
    for (const slot of init) {
      const sidecar = slot.spec.restartPolicy === 'Always';
      const retry = sidecar ? 'Always' : policy === 'Never' ? 'Never' : 'OnFailure';
      const end = new Promise<number | undefined>((resolve, reject) => {
        const work = runApp(context, slot, retry, { up: () => (sidecar ? resolve(undefined) : undefined) });
        work.then(({ exitCode }) => resolve(exitCode), reject);
      });
      const exitCode = await end;
      if (exitCode !== undefined && exitCode !== 0) return;
      publish();
    }
    for (const slot of apps) background(runApp(context, slot, policy, { up: () => {} }));
  };
  background(run());

  const stop = async () => {
    if (aborting.signal.aborted) return;
    aborting.abort();
    // No grace: no app of the sandbox has anything to finish, and scenarios follow each other quickly.
    for (const slot of all()) slot.process?.signal('SIGKILL');
    if (sandbox !== undefined) await kubelet.runtime.down(sandbox);
  };

  return {
    sync: (next) => {
      pod = next;
      if (sandbox !== undefined && !isFinished()) inject();
    },
    slot: (container) => all().find((slot) => slot.spec.name === container),
    settled: () => {
      if (sandbox === undefined) return sandboxSettled;
      if (apps.every(({ settled }) => settled) || isFinished()) return true;
      return init.some(holdsUp);
    },
    killContainer: (container, reason) => {
      const slot = all().find((candidate) => candidate.spec.name === container);
      if (slot === undefined) return;
      slot.killedAs = reason;
      slot.process?.signal('SIGKILL');
    },
    network: () => {
      if (sandbox === undefined) return 'none';
      return sandbox.namespace === undefined ? 'node' : { namespace: sandbox.namespace };
    },
    stop,
  };
};
