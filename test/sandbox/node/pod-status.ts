/** A pod's status from the state of its containers. Source: kubelet/kubelet_pods.go, kubelet/status/generate.go. */
import type { KubeObject } from '../contract.ts';
import { type ContainerStatus, endOf, timestamp } from './container-status.ts';

type Loose = Readonly<Record<string, unknown>>;

export interface PodView {
  readonly observedGeneration: number;
  readonly startTime: string;
  /** One of each family, the cluster's first family first. */
  readonly nodeAddresses: readonly string[];
  /** Likewise; empty until the sandbox is up. */
  readonly addresses: readonly string[];
  readonly init: readonly ContainerStatus[];
  readonly containers: readonly ContainerStatus[];
  readonly ephemeral: readonly ContainerStatus[];
}

const hasRun = (status: ContainerStatus) => !('waiting' in status.state) || 'terminated' in status.lastState;

const isSidecar = (pod: KubeObject, name: string): boolean => {
  const init: readonly Loose[] = pod.spec.initContainers ?? [];
  return init.some((container) => container.name === name && container.restartPolicy === 'Always');
};

export const isInitialized = (pod: KubeObject, init: readonly ContainerStatus[]): boolean =>
  init.every((status) =>
    isSidecar(pod, status.name) ? status.started === true : endOf(status)?.exitCode === 0,
  );

const phaseOf = (pod: KubeObject, view: PodView): string => {
  const policy: string = pod.spec.restartPolicy ?? 'Always';
  const ends = view.containers.map(endOf);
  const initFailed = view.init.some((status) => {
    const end = endOf(status);
    return end !== undefined && end.exitCode !== 0;
  });
  if (initFailed && policy === 'Never') return 'Failed';
  if (!isInitialized(pod, view.init)) return 'Pending';
  if (ends.every((end) => end !== undefined) && policy !== 'Always') {
    if (ends.every((end) => end?.exitCode === 0)) return 'Succeeded';
    if (policy === 'Never') return 'Failed';
  }
  return view.containers.every(hasRun) ? 'Running' : 'Pending';
};

const readyReason = (phase: string, unready: readonly string[]): Loose => {
  if (phase === 'Succeeded') return { reason: 'PodCompleted' };
  if (phase === 'Failed') return { reason: 'PodFailed' };
  return { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
};

/** Keeps lastTransitionTime of conditions that have not changed, and conditions that others have set. */
export const podStatus = (pod: KubeObject, view: PodView): Loose => {
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  const before: readonly any[] = pod.status?.conditions ?? [];
  const phase = phaseOf(pod, view);
  const unready = view.containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const notInitialized = view.init.filter((status) => !isInitialized(pod, [status])).map(({ name }) => name);
  const initialized = notInitialized.length === 0 || phase === 'Succeeded';
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  const gates: readonly string[] = (pod.spec.readinessGates ?? []).map((gate: any) => gate.conditionType);
  const closedGates = gates.filter(
    (gate) => !before.some(({ type, status }) => type === gate && status === 'True'),
  );
  const containersReady = phase === 'Running' && unready.length === 0;
  const condition = (type: string, met: boolean, why: Loose = {}) => {
    const status = met ? 'True' : 'False';
    const same = before.find((old) => old.type === type && old.status === status);
    return {
      type,
      observedGeneration: view.observedGeneration,
      status,
      lastProbeTime: null,
      lastTransitionTime: same?.lastTransitionTime ?? timestamp(),
      ...(met ? {} : why),
    };
  };
  const own = [
    condition('PodReadyToStartContainers', view.addresses.length > 0),
    condition('Initialized', initialized, {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${notInitialized.join(' ')}]`,
    }),
    condition(
      'Ready',
      containersReady && closedGates.length === 0,
      containersReady
        ? {
            reason: 'ReadinessGatesNotReady',
            message: closedGates
              .map((gate) => `corresponding condition of pod readiness gate "${gate}" does not exist.`)
              .join(' '),
          }
        : readyReason(phase, unready),
    ),
    condition('ContainersReady', containersReady, readyReason(phase, unready)),
    condition('PodScheduled', true),
  ];
  const byName = [...view.ephemeral].sort((left, right) => (left.name < right.name ? -1 : 1));
  const listed = (addresses: readonly string[]) => addresses.map((ip) => ({ ip }));
  const { nodeAddresses, addresses } = view;
  return {
    observedGeneration: view.observedGeneration,
    phase,
    conditions: [...own, ...before.filter(({ type }) => !own.some((mine) => mine.type === type))],
    hostIP: nodeAddresses[0],
    hostIPs: listed(nodeAddresses),
    ...(addresses.length === 0 ? {} : { podIP: addresses[0], podIPs: listed(addresses) }),
    startTime: view.startTime,
    ...(view.init.length === 0 ? {} : { initContainerStatuses: view.init }),
    containerStatuses: view.containers,
    qosClass: pod.status?.qosClass ?? 'BestEffort',
    ...(byName.length === 0 ? {} : { ephemeralContainerStatuses: byName }),
  };
};
