/** What a pod's status says, in words. */
import type { ContainerStatus, Event, Pod } from '../model/kubernetes.ts';
import { oneLine } from './wording.ts';

export const conditionOf = (pod: Pod, type: string) =>
  pod.status.conditions?.find((condition) => condition.type === type);

export const isReady = (pod: Pod): boolean => conditionOf(pod, 'Ready')?.status === 'True';

/** Waiting reasons that are a normal part of starting. */
const NORMAL_WAITS: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** `container app: CrashLoopBackOff (back-off 5m0s restarting …)`; undefined where it runs, or ended well. */
export const containerTrouble = ({ name, state, lastState }: ContainerStatus): string | undefined => {
  const { waiting, terminated } = state ?? {};
  if (waiting?.reason !== undefined && !NORMAL_WAITS.includes(waiting.reason)) {
    const last = lastState?.terminated;
    const ended =
      last === undefined ? '' : `, last end: ${last.reason ?? 'Error'}, exit code ${last.exitCode}`;
    const message = waiting.message === undefined ? '' : ` (${oneLine(waiting.message, 200)})`;
    return `container ${name}: ${waiting.reason}${message}${ended}`;
  }
  if (terminated !== undefined && terminated.exitCode !== 0)
    return `container ${name}: ended with ${terminated.reason ?? 'Error'}, exit code ${terminated.exitCode}`;
  return undefined;
};

const statuses = (pod: Pod): readonly ContainerStatus[] => [
  ...(pod.status.initContainerStatuses ?? []),
  ...(pod.status.containerStatuses ?? []),
];

export const podTroubles = (pod: Pod): readonly string[] =>
  statuses(pod).flatMap((status) => containerTrouble(status) ?? []);

/** Why a pod is not ready, in one line: its containers, else its conditions, else its phase. */
export const whyNotReady = (pod: Pod): string => {
  if (pod.metadata.deletionTimestamp !== undefined) return 'being deleted';
  const [trouble] = podTroubles(pod);
  if (trouble !== undefined) return trouble;
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False')
    return `${scheduled.reason ?? 'not scheduled'}: ${oneLine(scheduled.message ?? '', 200)}`;
  const ready = conditionOf(pod, 'Ready');
  return ready?.message === undefined || ready.message === ''
    ? `phase ${pod.status.phase ?? 'Unknown'}, not ready`
    : oneLine(ready.message, 200);
};

/** Messages of events with this reason, each once, as told last. */
export const eventMessages = (
  events: readonly Event[],
  reason: string,
  beginning = '',
): readonly string[] => [
  ...new Set(
    events
      .filter((event) => event.reason === reason && (event.message ?? '').startsWith(beginning))
      .map((event) => oneLine(event.message ?? '')),
  ),
];
