/** An init or app container: started, probed, started again after its end as restartPolicy says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { milliseconds } from '../apps/flags.ts';
import { type ContainerEnd, prepare, startContainer } from './container-run.ts';
import { type ContainerStatus, waiting } from './container-status.ts';
import type { ContainerSlot, PodContext } from './pod-context.ts';
import { watchReadiness } from './readiness.ts';

const FIRST_RESTART_MS = 300;
const BACK_OFF_MS = milliseconds('10s');
const MAX_BACK_OFF_MS = milliseconds('5m');
const PULL_RETRY_MS = milliseconds('15s');

export interface AppRun {
  /** First start: it serves, or has ended, or cannot be started. */
  readonly up: () => void;
}

const restarts = (policy: string, end: ContainerEnd) =>
  policy === 'Always' || (policy === 'OnFailure' && end.exitCode !== 0);

const crashLoop = (context: PodContext, slot: ContainerSlot, delayMs: number) => {
  const { name, namespace, uid } = context.pod().metadata;
  const where = `${slot.spec.name} pod=${name}_${namespace}(${uid})`;
  const before = slot.status;
  if (before === undefined) return;
  context.events.record(
    context.pod(),
    slot.fieldPath,
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${slot.spec.name} in pod ${name}_${namespace}(${uid})`,
  );
  const delay =
    delayMs < 60_000 ? `${delayMs / 1000}s` : `${Math.floor(delayMs / 60_000)}m${(delayMs / 1000) % 60}s`;
  slot.status = {
    ...before,
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off ${delay} restarting failed container=${where}`,
      },
    },
    lastState: 'terminated' in before.state ? before.state : before.lastState,
    ready: false,
  };
};

/** Waits out a failure before the start; the next attempt may find the image. */
const notStarted = async (context: PodContext, slot: ContainerSlot, reason: string, message: string) => {
  const before: Partial<ContainerStatus> =
    slot.status === undefined
      ? {}
      : { restartCount: slot.status.restartCount, lastState: slot.status.lastState };
  slot.status = { ...waiting(slot.spec, reason, message), ...before };
  slot.settled = true;
  context.publish();
  await sleep(PULL_RETRY_MS, undefined, { signal: context.signal });
  if (reason !== 'ErrImagePull') return;
  const { image } = slot.spec;
  context.events.record(
    context.pod(),
    slot.fieldPath,
    'Normal',
    'BackOff',
    `Back-off pulling image "${image}"`,
  );
  context.events.record(context.pod(), slot.fieldPath, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  slot.status = {
    ...waiting(slot.spec, 'ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`),
    ...before,
  };
  context.publish();
  await sleep(PULL_RETRY_MS, undefined, { signal: context.signal });
};

/** Runs until the container has ended for good, then says how; until the pod goes, otherwise. */
export const runApp = async (
  context: PodContext,
  slot: ContainerSlot,
  policy: string,
  run: AppRun,
): Promise<ContainerEnd> => {
  let restartCount = 0;
  let backOffMs = BACK_OFF_MS;
  for (;;) {
    const prepared = await prepare(context, slot);
    if (prepared.kind === 'failed') {
      run.up();
      await notStarted(context, slot, prepared.reason, prepared.message);
      continue;
    }
    const started = await startContainer(context, slot, prepared.image, prepared.identity, restartCount);
    let end: ContainerEnd = { exitCode: 128 };
    if (started.kind === 'started') {
      await started.up;
      const stopProbing = slot.process === undefined ? () => {} : watchReadiness(context, slot, run.up);
      context.publish();
      end = await started.end;
      stopProbing();
      started.finish?.();
    }
    slot.settled = !restarts(policy, end);
    run.up();
    context.publish();
    if (slot.settled) return end;
    const delayMs = restartCount === 0 ? FIRST_RESTART_MS : backOffMs;
    if (restartCount > 0) {
      crashLoop(context, slot, delayMs);
      slot.settled = true;
      backOffMs = Math.min(backOffMs * 2, MAX_BACK_OFF_MS);
      context.publish();
    }
    await sleep(delayMs, undefined, { signal: context.signal });
    restartCount += 1;
  }
};
