/** One start of one container, from its image to its end; what app and ephemeral containers have in common. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './container-log.ts';
import { created, newContainerId, terminated, timestamp } from './container-status.ts';
import { type Image, pull } from './images.ts';
import type { ContainerSlot, PodContext } from './pod-context.ts';
import { type Identity, identityOf } from './security.ts';

/** `reason` and `message` as they come to stand in `state.waiting`; `report` says the events once more. */
export interface NotStarted {
  readonly kind: 'failed';
  readonly reason: string;
  readonly message: string;
  readonly report: () => void;
}
export type Prepared =
  | { readonly kind: 'ready'; readonly image: Image; readonly identity: Identity }
  | NotStarted;

/** Gets the image and works out the identity; tells its events at once. */
export const prepare = async (context: PodContext, slot: ContainerSlot): Promise<Prepared> => {
  const { spec, fieldPath } = slot;
  const record = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    context.events.record(context.pod(), fieldPath, type, reason, message);
  const failed = (reason: string, message: string, report: () => void): NotStarted => {
    report();
    return { kind: 'failed', reason, message, report };
  };
  const found = pull(spec.image, spec.imagePullPolicy, context.imageSettings());
  switch (found.kind) {
    case 'invalid':
      return failed('InvalidImageName', found.message, () => {
        record('Warning', 'InspectFailed', found.message);
        record('Warning', 'Failed', 'Error: InvalidImageName');
      });
    case 'never':
      return failed('ErrImageNeverPull', found.message, () => {
        record('Warning', 'ErrImageNeverPull', found.message);
        record('Warning', 'Failed', 'Error: ErrImageNeverPull');
      });
    case 'failed': {
      record('Normal', 'Pulling', `Pulling image "${spec.image}"`);
      await sleep(found.afterMs, undefined, { signal: context.signal });
      const told = () => {
        record('Warning', 'Failed', `Failed to pull image "${spec.image}": ${found.message}`);
        record('Warning', 'Failed', 'Error: ErrImagePull');
      };
      told();
      return {
        kind: 'failed',
        reason: 'ErrImagePull',
        message: found.message,
        report: () => {
          record('Normal', 'Pulling', `Pulling image "${spec.image}"`);
          told();
        },
      };
    }
    case 'pulled': {
      record('Normal', 'Pulling', `Pulling image "${spec.image}"`);
      await sleep(found.tookMs, undefined, { signal: context.signal });
      const took = `${(found.tookMs / 1000).toFixed(2)}s`;
      const message = `Successfully pulled image "${spec.image}" in ${took} (${took} including waiting). Image size: 310651665 bytes.`;
      return identify(message, found.image);
    }
    case 'present':
      return identify(
        `Container image "${spec.image}" already present on machine and can be accessed by the pod`,
        found.image,
      );
  }

  function identify(pulledMessage: string, image: Image): Prepared {
    const identity = identityOf(context.pod(), spec, image);
    if (typeof identity !== 'string') {
      record('Normal', 'Pulled', pulledMessage);
      return { kind: 'ready', image, identity };
    }
    return failed('CreateContainerConfigError', identity, () => {
      record('Normal', 'Pulled', pulledMessage);
      record('Warning', 'Failed', `Error: ${identity}`);
    });
  }
};

export interface ContainerEnd {
  readonly exitCode: number;
}
export type Started =
  | { readonly kind: 'refused'; readonly message: string }
  /** `up`: it serves, or has ended before it could; `end`: all its output is in the log. */
  | { readonly kind: 'started'; readonly up: Promise<void>; readonly end: Promise<ContainerEnd> };

const FALLBACK_BYTES = 2048;

/** Starts the process; sets the slot's status to running, and to terminated when `finish` is called after the end. */
export const startContainer = async (
  context: PodContext,
  slot: ContainerSlot,
  image: Image,
  identity: Identity,
  restartCount: number,
): Promise<Started & { readonly finish?: () => void }> => {
  const { spec, fieldPath } = slot;
  const lastState =
    slot.status !== undefined && 'terminated' in slot.status.state
      ? slot.status.state
      : (slot.status?.lastState ?? {});
  const id = newContainerId();
  const base = { ...created(spec, image, identity, id), restartCount };
  context.events.record(context.pod(), fieldPath, 'Normal', 'Created', 'Container created');
  const refusal = await context.runtime.refusal(spec, image);
  const log = createLog();
  slot.log = log;
  slot.killedAs = undefined;
  slot.image = image;
  slot.identity = identity;
  if (refusal !== undefined) {
    log.end();
    context.events.record(context.pod(), fieldPath, 'Warning', 'Failed', `Error: ${refusal}`);
    slot.status = {
      ...base,
      state: { waiting: { reason: 'RunContainerError', message: refusal } },
      lastState: terminated({
        exitCode: 128,
        reason: 'StartError',
        message: refusal,
        startedAt: '1970-01-01T00:00:00Z',
        id,
      }),
      ready: false,
    };
    return { kind: 'refused', message: refusal };
  }

  const startedAt = timestamp();
  let finish = () => {};
  let isUp: () => void = () => {};
  const up = new Promise<void>((resolve) => {
    isUp = resolve;
  });
  const end = new Promise<ContainerEnd>((resolve) => {
    slot.process = context.runtime.start(context.pod(), spec, image, identity, context.sandbox(), {
      output: (chunk) => log.append(chunk),
      message: () => isUp(),
      exit: (exitCode, terminationMessage) => {
        slot.process = undefined;
        log.end();
        const fallback = spec.terminationMessagePolicy === 'FallbackToLogsOnError' && exitCode !== 0;
        const message = terminationMessage === '' && fallback ? log.tail(FALLBACK_BYTES) : terminationMessage;
        const reason =
          slot.killedAs ?? (exitCode === 0 ? undefined : context.podSettings(context.pod()).endReason);
        const state = terminated({ exitCode, reason, message, startedAt, id });
        finish = () => {
          slot.status = { ...base, state, lastState, ready: false };
        };
        isUp();
        resolve({ exitCode });
      },
    });
  });
  await slot.process?.started;
  context.events.record(context.pod(), fieldPath, 'Normal', 'Started', 'Container started');
  slot.status = { ...base, state: { running: { startedAt } }, lastState, ready: false };
  if (image.kind === 'sleep' || image.kind === 'tools') isUp();
  return { kind: 'started', up, end, finish: () => finish() };
};
