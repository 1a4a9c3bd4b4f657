/** A controller's work queue: keys wait until the writes at hand are done, each once. */

export interface Queue {
  add(key: string): void;
  /** Nothing waits. */
  idle(): boolean;
  stop(): void;
}

/** `reconcile` is called for one key at a time; what it throws is told and does not stop the others. */
export const createQueue = (name: string, reconcile: (key: string) => void): Queue => {
  const waiting = new Set<string>();
  let scheduled: NodeJS.Immediate | undefined;
  const run = () => {
    scheduled = undefined;
    const keys = [...waiting];
    waiting.clear();
    for (const key of keys) {
      try {
        reconcile(key);
      } catch (error) {
        console.error(`sandbox: controller ${name}, ${key}:`, error);
      }
    }
  };
  return {
    add: (key) => {
      waiting.add(key);
      scheduled ??= setImmediate(run);
    },
    idle: () => waiting.size === 0,
    stop: () => {
      clearImmediate(scheduled);
      waiting.clear();
    },
  };
};
