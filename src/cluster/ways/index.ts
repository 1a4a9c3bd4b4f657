/** Puts the runner into the pod's network by the way that is asked for, or by the first that is open. */
import type { Entry, Way } from '../../model/entry.ts';
import { ApiUnavailable } from '../client.ts';
import { wasTimeout } from '../follow.ts';
import { enterEphemeral } from './ephemeral.ts';
import type { RolledOut } from './sidecar.ts';
import { type Enter, type Ground, notAttempted } from './way.ts';

export type { Entered, Ground, WayPorts } from './way.ts';

/** Loaded when they are needed: most runs go the first way. */
const LATER: Readonly<
  Record<Exclude<Way, 'ephemeral'>, () => Promise<(ground: Ground) => Promise<RolledOut>>>
> = {
  exec: async () => (await import('./exec.ts')).enterByExec,
  jump: async () => (await import('./jump.ts')).enterByJump,
  sidecar: async () => (await import('./sidecar.ts')).enterBySidecar,
};

const enterBy = async (way: Way, ground: Ground): Promise<RolledOut> => {
  const enter: Enter = way === 'ephemeral' ? enterEphemeral : await LATER[way]();
  const { signal } = ground.ports;
  try {
    return await enter(ground);
  } catch (error) {
    // Whatever it was waiting for: what is known is reported.
    if (signal.aborted)
      return wasTimeout(signal)
        ? notAttempted(way, 'api-unavailable', '--timeout came before the probes had begun')
        : notAttempted(way, 'interrupted', 'stopped before the probes had begun');
    if (error instanceof ApiUnavailable) return notAttempted(way, 'api-unavailable', error.message);
    throw error;
  }
};

/** In this order: the pod itself with every tool, the pod itself with its own tools, a look-alike of it. */
export const AUTO: readonly Way[] = ['ephemeral', 'exec', 'jump'];

/** Another way may lead in where this one is closed: not where the run is over, or where only a plan was wanted. */
export const isClosed = (entry: Entry): boolean => {
  switch (entry.state) {
    case 'refused':
      // A server that is overloaded is not asked for more; a webhook that cannot be called may stand at this way only.
      return (
        (entry.httpStatus < 500 && entry.httpStatus !== 429) ||
        entry.message.includes('failed calling webhook')
      );
    case 'not-started':
      return entry.reason !== 'Timeout' && entry.reason !== 'Interrupted';
    case 'not-attempted':
      return ['access-denied', 'no-way', 'pod-unusable'].includes(entry.why);
    case 'ran':
      // Its shell could not run the script: nothing was asked.
      return entry.end === 'container-ended' && [126, 127, 128].includes(entry.exitCode ?? 0);
  }
};

export interface Admission extends RolledOut {
  /** Ways that are closed: before the one that was gone, or after the first where all are. */
  readonly others: readonly Entry[];
}

const IMAGE_FAILURE = /Image|Registry|Signature/;

/** What one way tells of another: an image that the node cannot get is not there for a pod either, unless that brings a Secret. */
const closedBy = (
  way: Way,
  before: readonly Entry[],
  { imagePullSecret }: Ground['options'],
): Entry | undefined =>
  way === 'jump' &&
  imagePullSecret === undefined &&
  before.some((entry) => entry.state === 'not-started' && IMAGE_FAILURE.test(entry.reason))
    ? {
        state: 'not-attempted',
        via: way,
        why: 'no-way',
        detail: 'its image is the one that the node cannot get; --image-pull-secret may help',
      }
    : undefined;

/** @param closed ways that are known to be closed before anything was tried. */
export const enter = async (
  ground: Ground,
  closed: Partial<Readonly<Record<Way, Entry>>> = {},
): Promise<Admission> => {
  const { options, ports } = ground;
  const ways = options.via === 'auto' ? AUTO : [options.via];
  const tried: RolledOut[] = [];
  for (const way of ways) {
    const known =
      closed[way] ??
      closedBy(
        way,
        tried.map(({ entry }) => entry),
        options,
      );
    const entered = known === undefined ? await enterBy(way, ground) : { entry: known, runs: [] };
    if (!isClosed(entered.entry) || entered.rolledOut !== undefined)
      return { ...entered, others: tried.map(({ entry }) => entry) };
    tried.push(entered);
    if (ports.signal.aborted) break;
  }
  const [first, ...others] = tried;
  if (first === undefined) throw new Error('no way to go');
  return { ...first, others: others.map(({ entry }) => entry) };
};
