/** How a way tells of its progress while answers come in. */
import type { Entry, Way } from '../../model/entry.ts';
import type { RawResult } from '../../model/probe.ts';
import { redact } from '../../redact.ts';
import type { WayPorts } from './way.ts';

/** The share of answers that is enough to rehearse with: by then each kind has come, and the pings are still out. */
const MOST = 0.7;

export interface Telling {
  readonly onStart: () => void;
  /** With all results so far. */
  readonly onResult: (results: readonly RawResult[]) => void;
  readonly onPull: (message: string) => void;
}

export const tellingOf = (
  seen: { readonly via?: Way; readonly container: string; readonly image: string },
  asked: number,
  ports: WayPorts,
): Telling => {
  const text = 'probing from inside the pod';
  let told = false;
  const tellMost = (results: readonly RawResult[]) => {
    if (told || results.length < MOST * asked || results.length === asked) return;
    told = true;
    const entry: Entry = { state: 'ran', ...seen, end: 'interrupted' };
    const runs = results.map(redact);
    // Not at once: what has arrived with this answer is read first.
    setImmediate(() => ports.onMost({ entry, runs }));
  };
  return {
    onStart: () => ports.progress({ stage: 'probe', text, done: 0, total: asked }),
    onResult: (soFar) => {
      tellMost(soFar);
      ports.progress({ stage: 'probe', text, done: soFar.length, total: asked });
    },
    onPull: (message) => ports.progress({ stage: 'wait', text: message }),
  };
};
