/** When a change has worked its way through controllers and kubelet. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../contract.ts';

const TIMEOUT_MS = 60_000;
const STEP_MS = 8;
/** Checks in a row without a write between them. */
const QUIET_CHECKS = 2;

export interface Settling {
  readonly store: Store;
  /** Who may still have work, by name. */
  readonly idle: Readonly<Record<string, () => boolean>>;
}

/** Rejects after a minute, naming who did not come to rest. */
export const settle = async ({ store, idle }: Settling): Promise<void> => {
  const deadline = Date.now() + TIMEOUT_MS;
  let quiet = 0;
  let version = '';
  while (quiet < QUIET_CHECKS) {
    const busy = Object.keys(idle).filter((name) => idle[name]?.() === false);
    const unchanged = store.resourceVersion === version;
    version = store.resourceVersion;
    quiet = busy.length === 0 && unchanged ? quiet + 1 : 0;
    if (Date.now() > deadline) {
      throw new Error(
        `the sandbox does not come to rest: ${busy.join(', ') || 'something writes all the time'}`,
      );
    }
    await sleep(STEP_MS);
  }
};
