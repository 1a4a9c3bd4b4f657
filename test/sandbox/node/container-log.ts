/** One container's log, stdout and stderr as they came, kept in memory; old parts go when it grows as a runtime's rotation would. */

const KEPT_BYTES = 10 * 1024 * 1024;

export interface ContainerLog {
  readonly append: (chunk: Uint8Array) => void;
  /** Nothing more will come. */
  readonly end: () => void;
  readonly read: (options: {
    readonly follow: boolean;
    readonly signal: AbortSignal;
  }) => AsyncIterable<Uint8Array>;
  /** The last bytes, for terminationMessagePolicy FallbackToLogsOnError. */
  readonly tail: (bytes: number) => string;
}

export const createLog = (): ContainerLog => {
  const chunks: Uint8Array[] = [];
  /** Number of the first chunk still kept. */
  let first = 0;
  let size = 0;
  let ended = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const more = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const resume = () => {
        signal.removeEventListener('abort', resume);
        waiting.delete(resume);
        resolve();
      };
      waiting.add(resume);
      signal.addEventListener('abort', resume, { once: true });
    });
  return {
    append: (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      while (size > KEPT_BYTES && chunks.length > 1) {
        size -= chunks.shift()?.length ?? 0;
        first += 1;
      }
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    async *read({ follow, signal }) {
      let next = 0;
      while (!signal.aborted) {
        next = Math.max(next, first);
        const chunk = chunks[next - first];
        if (chunk !== undefined) {
          next += 1;
          yield chunk;
        } else if (!follow || ended) {
          return;
        } else {
          await more(signal);
        }
      }
    },
    tail: (bytes) => Buffer.concat(chunks).subarray(-bytes).toString('utf8'),
  };
};
