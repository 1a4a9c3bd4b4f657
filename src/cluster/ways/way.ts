/** What every way into the pod's network is given, and what it brings back. */
import { randomInt } from 'node:crypto';
import type { Target } from '../../model/case.ts';
import { byWay, type Entry, type Way } from '../../model/entry.ts';
import type { MissingRight } from '../../model/evidence.ts';
import type { Pod } from '../../model/kubernetes.ts';
import type { Change, CheckOptions, CheckPorts } from '../../model/options.ts';
import type { Ask, RawResult } from '../../model/probe.ts';
import type { Client } from '../client.ts';

export interface WayPorts extends CheckPorts {
  /** The runner is in, and about to start. Not called where it is not. */
  readonly onAdmitted: () => void;
  /** Most answers are in, and the slow ones are still out: told once, with what there is. */
  readonly onMost: (entered: Pick<Entered, 'entry' | 'runs'>) => void;
}

export interface Ground {
  readonly client: Client;
  readonly target: Target;
  readonly pod: Pod;
  readonly asks: readonly Ask[];
  /** What a pod is asked that stands in for this one. */
  readonly lookAlikeAsks: () => readonly Ask[];
  readonly options: CheckOptions;
  readonly ports: WayPorts;
}

export interface Entered {
  readonly entry: Entry;
  readonly runs: readonly RawResult[];
  /** What was asked in place of the plan's, where this way asks something else. */
  readonly asks?: readonly Ask[];
  readonly change?: Change | undefined;
}

export type Enter = (ground: Ground) => Promise<Entered>;

type WhyNot = Extract<Entry, { state: 'not-attempted' }>['why'];

/** Nothing was tried, or nothing came of it. `change`: what would have been made. */
export const notAttempted = (
  via: Way,
  why: WhyNot,
  detail?: string,
  more: { readonly change?: Change; readonly missing?: readonly MissingRight[] } = {},
): Entered => ({
  entry: {
    state: 'not-attempted',
    ...byWay(via),
    why,
    ...(detail === undefined ? {} : { detail }),
    ...(more.missing === undefined ? {} : { missing: [...more.missing] }),
  },
  runs: [],
  ...(more.change === undefined ? {} : { change: more.change }),
});

/** Without letters and digits that look alike. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
export const randomName = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Of containers and pods of ours: what is left of an earlier run is known by it. */
export const OURS = 'netcheck';
/** Of containers that stay after their suite (`--keep`). */
export const KEPT = `${OURS}-keep`;
