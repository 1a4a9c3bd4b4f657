/**
 * Reads from status and events whether the debug container will never run. Events tell it within a second, status only after
 * 11 to 13 s, so both are read. Pure.
 */
import * as z from 'zod/mini';
import { containerStatusSchema, eventSchema } from '../model/kubernetes.ts';

const containerNames = z.optional(z.array(z.object({ name: z.string() })));

export const debugStatusSchema = z.object({
  metadata: z.optional(z.object({ deletionTimestamp: z.optional(z.string()) })),
  spec: z.optional(z.object({ ephemeralContainers: containerNames, containers: containerNames })),
  status: z.optional(
    z.object({
      phase: z.optional(z.string()),
      reason: z.optional(z.string()),
      message: z.optional(z.string()),
      containerStatuses: z.optional(z.array(containerStatusSchema)),
      ephemeralContainerStatuses: z.optional(z.array(containerStatusSchema)),
    }),
  ),
});
export type DebugStatus = z.infer<typeof debugStatusSchema>;

export const eventListSchema = z.object({ items: z.array(eventSchema) });
export type EventList = z.infer<typeof eventListSchema>;

export interface StartFailure {
  /** The kubelet's word: `ErrImagePull`, `CreateContainerConfigError` … */
  readonly reason: string;
  readonly message: string;
  readonly toldBy: 'event' | 'status';
}

export interface ContainerEnd {
  readonly exitCode: number;
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** Waiting reasons that do not get better by waiting as long as a check runs. */
const FINAL_REASONS: ReadonlySet<string> = new Set([
  'InvalidImageName',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
  'CreateContainerConfigError',
  'CreateContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
  'RunContainerError',
  'StartError',
]);

/** Names are unique over both lists: in a pod of ours it is an ordinary container. */
const statusOf = (pod: DebugStatus, container: string) =>
  [...(pod.status?.ephemeralContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].find(
    (status) => status.name === container,
  );

/** A pod of the same name that never got our container: ephemeral containers are not removed, so it is another pod. */
export const isAnotherPod = ({ spec }: DebugStatus, container: string): boolean =>
  spec !== undefined &&
  ![...(spec.ephemeralContainers ?? []), ...(spec.containers ?? [])].some(({ name }) => name === container);

/** It runs, or has ended: whatever the log says, it did start. */
export const hasRun = (pod: DebugStatus, container: string): boolean => {
  const state = statusOf(pod, container)?.state;
  return state?.running !== undefined || state?.terminated !== undefined;
};

export const failureInStatus = (pod: DebugStatus, container: string): StartFailure | undefined => {
  const own = statusOf(pod, container);
  // The node did not take the pod: `OutOfcpu`, `NodeAffinity` …
  if (own === undefined && pod.status?.phase === 'Failed') {
    const { reason = 'Failed', message = reason } = pod.status;
    return { reason, message, toldBy: 'status' };
  }
  const waiting = own?.state?.waiting;
  if (waiting?.reason === undefined || !FINAL_REASONS.has(waiting.reason)) return undefined;
  return { reason: waiting.reason, message: waiting.message ?? waiting.reason, toldBy: 'status' };
};

export const endInStatus = (pod: DebugStatus, container: string): ContainerEnd | undefined => {
  const terminated = statusOf(pod, container)?.state?.terminated;
  return (
    terminated && { exitCode: terminated.exitCode, reason: terminated.reason, message: terminated.message }
  );
};

const eventsOf = (events: EventList, container: string) =>
  events.items.filter(({ involvedObject }) =>
    [`spec.ephemeralContainers{${container}}`, `spec.containers{${container}}`].includes(
      involvedObject?.fieldPath ?? '',
    ),
  );

/** "Error: ErrImagePull" names the reason; any other "Error: …" is the reason's text, and the step that failed follows from what came before it. */
const REASON_IN_MESSAGE = /^Error: ([A-Z][A-Za-z]+)$/;
const ERROR_PREFIX = /^Error: /;

export const failureInEvents = (events: EventList, container: string): StartFailure | undefined => {
  const own = eventsOf(events, container);
  const failed = own.filter((event) => event.type === 'Warning' && event.reason !== 'BackOff');
  const first = failed[0];
  if (first === undefined) return undefined;
  // The longest text is the runtime's own; "Error: ErrImagePull" beside it only gives the reason's name.
  const named = failed
    .map((event) => REASON_IN_MESSAGE.exec(event.message ?? '')?.[1])
    .find((reason) => reason !== undefined);
  const spoken = failed
    .map((event) => event.message ?? '')
    .filter((message) => !REASON_IN_MESSAGE.test(message))
    .sort((a, b) => b.length - a.length)[0];
  const created = own.some((event) => event.reason === 'Created');
  const reason =
    named ?? (first.reason === 'Failed' ? reasonFromText(spoken ?? '', created) : (first.reason ?? 'Failed'));
  return { reason, message: (spoken ?? first.message ?? reason).replace(ERROR_PREFIX, ''), toldBy: 'event' };
};

const reasonFromText = (text: string, created: boolean): string => {
  if (/^Failed to pull image/.test(text)) return 'ErrImagePull';
  return created ? 'RunContainerError' : 'CreateContainerConfigError';
};

/** A pull that is under way, for progress: the message of the event. */
export const pullInEvents = (events: EventList, container: string): string | undefined => {
  const own = eventsOf(events, container);
  if (own.some((event) => event.reason === 'Pulled')) return undefined;
  return own.find((event) => event.reason === 'Pulling')?.message;
};
