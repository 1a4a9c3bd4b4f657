/** `--keep`: a debug container that stays for a while after its suite, and is used again. Pure. */

import { DEFAULT_IMAGE } from '../../model/image.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { KEPT } from './way.ts';

/** Runs what follows it, then waits. TERM ends it at once, as a shell that is the first process does not by itself. */
const STAY = 'k=$1; shift; "$@"; sleep "$k" & p=$!; trap "kill $p; exit 0" TERM; wait';

/** The command of a container that stays `seconds` after `command` has ended; undefined: it ends with it. */
export const keeping = (command: readonly string[], seconds: number | undefined): readonly string[] =>
  seconds === undefined ? command : ['sh', '-c', STAY, 'netcheck-keep', String(seconds), ...command];

export interface KeptContainer {
  readonly name: string;
  readonly image: string;
}

/** The newest container of an earlier run that stays, and is of the image that is wanted. */
export const keptContainer = (pod: Pod, image = DEFAULT_IMAGE): KeptContainer | undefined => {
  const running = (pod.status.ephemeralContainerStatuses ?? []).filter(
    ({ name, state }) => name.startsWith(`${KEPT}-`) && state?.running !== undefined,
  );
  const newest = running
    .toSorted((a, b) => (b.state?.running?.startedAt ?? '').localeCompare(a.state?.running?.startedAt ?? ''))
    .map(({ name }) => name)[0];
  const spec = (pod.spec.ephemeralContainers ?? []).find(({ name }) => name === newest);
  return spec === undefined || spec.image !== image ? undefined : { name: spec.name, image };
};
