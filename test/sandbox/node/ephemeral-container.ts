/** An ephemeral container from the PATCH to its end, on the timeline of a real kubelet (shared/api/timelines.jsonl). */
import { setTimeout as sleep } from 'node:timers/promises';
import { BUSY_POD, type KubeletTiming, QUIET_POD } from '../contract.ts';
import { prepare, startContainer } from './container-run.ts';
import { waiting } from './container-status.ts';
import type { ContainerSlot, PodContext } from './pod-context.ts';

/** What making the namespaces and the process takes on this machine, already part of `startMs`. */
const LAUNCH_MS = 25;
/** Pulled stands before Created, Created before Started. */
const PULLED_SHARE = 0.5;
const RUN_ERROR_STATUS_MS = 800;

/** `since`: when the API server took the PATCH, `performance.now()`. Runs until the container is done or the pod goes. */
export const runEphemeral = async (
  context: PodContext,
  slot: ContainerSlot,
  since: number,
  followsSoon: boolean,
  accepted: () => void,
): Promise<void> => {
  const settings = context.podSettings(context.pod());
  const timing: KubeletTiming = settings.timing ?? (followsSoon ? BUSY_POD : QUIET_POD);
  const until = (ms: number) =>
    sleep(Math.max(0, since + ms - performance.now()), undefined, { signal: context.signal });

  await until(timing.acceptMs);
  slot.status = waiting(slot.spec, 'ContainerCreating');
  accepted();
  context.publish();

  await until(timing.acceptMs + (timing.startMs - timing.acceptMs) * PULLED_SHARE);
  const prepared = await prepare(context, slot);
  if (prepared.kind === 'failed') {
    await until(timing.failureStatusMs);
    prepared.report();
    slot.status = waiting(slot.spec, prepared.reason, prepared.message);
    context.publish();
    slot.settled = true;
    if (prepared.reason === 'ErrImagePull') await backOff(context, slot, prepared.message, until, timing);
    return;
  }
  // A slow pull has used up the time already.
  await until(timing.startMs - LAUNCH_MS);
  const started = await startContainer(context, slot, prepared.image, prepared.identity, 0);
  if (started.kind === 'refused') {
    // Told after about a second, however late the other failures are told.
    await until(timing.startMs + RUN_ERROR_STATUS_MS);
    context.publish();
    slot.settled = true;
    return;
  }
  context.publish();
  const { killEphemeralAfterMs } = settings;
  const killing =
    killEphemeralAfterMs === undefined ? undefined : setTimeout(() => kill(slot), killEphemeralAfterMs);
  await started.end;
  clearTimeout(killing);
  await sleep(timing.endMs, undefined, { signal: context.signal });
  started.finish?.();
  slot.settled = true;
  context.publish();
};

const kill = (slot: ContainerSlot) => {
  slot.killedAs = 'OOMKilled';
  slot.process?.signal('SIGKILL');
};

const backOff = async (
  context: PodContext,
  slot: ContainerSlot,
  message: string,
  until: (ms: number) => Promise<void>,
  timing: KubeletTiming,
) => {
  await until(2 * timing.failureStatusMs);
  const { image } = slot.spec;
  context.events.record(
    context.pod(),
    slot.fieldPath,
    'Normal',
    'BackOff',
    `Back-off pulling image "${image}"`,
  );
  context.events.record(context.pod(), slot.fieldPath, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  slot.status = waiting(
    slot.spec,
    'ImagePullBackOff',
    `Back-off pulling image "${image}": ErrImagePull: ${message}`,
  );
  context.publish();
};
