/** Follows a debug container through an API that answers by a script, and tells what was asked of it. */
import { type Followed, type FollowPorts, follow } from '../../src/cluster/follow.ts';
import type { Exchange, OpenResponse } from '../../src/cluster/http.ts';
import type { Target } from '../../src/model/case.ts';
import type { RawResult } from '../../src/model/probe.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import { encodeBegin, encodeEnd, encodeRecord } from '../runner/encode.ts';

export const NONCE = 'n0nce';
export const container = { container: 'netcheck-bcdfg', image: 'registry.test/netshoot:1' };
export const target: Target = { requested: 'web', namespace: 'shop', pod: 'web' };

const result = (id: string): RawResult => ({
  id,
  exitCode: 0,
  stdout: `out of ${id}\n`,
  stderr: '',
  cut: [],
});
export const results = ['a', 'b', 'c'].map(result);
const linesOf = (one: RawResult): string => `${encodeRecord(one, NONCE).join('\n')}\n`;
export const BEGIN = `${encodeBegin(NONCE, results.length)}\n`;
export const RECORDS = results.map(linesOf);
export const END = `${encodeEnd(NONCE, 0, results.length)}\n`;

/** What comes after the last piece of a log. */
type Then = 'ends' | 'stays open' | 'breaks';
export type LogAnswer =
  | { readonly pieces: readonly string[]; readonly then: Then }
  | { readonly status: number; readonly message: string };

export const waiting: LogAnswer = {
  status: 400,
  message: `container "${container.container}" is waiting to start`,
};
export const logOf = (then: Then, ...pieces: readonly string[]): LogAnswer => ({ pieces, then });
export const whole = (then: Then = 'ends') => logOf(then, BEGIN, ...RECORDS, END);

export const podWith = (state: object | undefined) => ({
  spec: { ephemeralContainers: [{ name: container.container }] },
  status: { ephemeralContainerStatuses: state === undefined ? [] : [{ name: container.container, state }] },
});
export const eventOf = (type: string, reason: string, message: string) => ({
  type,
  reason,
  message,
  involvedObject: { fieldPath: `spec.ephemeralContainers{${container.container}}` },
});

interface Script {
  /** By the number of the request, from 0; the last one stands for all that follow. */
  readonly log: readonly LogAnswer[];
  readonly pod?: object;
  readonly events?: readonly object[];
  readonly signal?: AbortSignal;
  /** Called before the log's answer with this number. */
  readonly onLog?: (nth: number) => void;
}

interface Played extends Followed {
  readonly logQueries: readonly Exchange['query'][];
  readonly mostAtOnce: number;
  /** Reads that wanted more after the last piece of a log that stays open. */
  readonly heldOpen: number;
  readonly closed: number;
  readonly told: readonly (string | number)[];
}

export const play = async ({
  log,
  pod = podWith(undefined),
  events = [],
  signal,
  onLog,
}: Script): Promise<Played> => {
  const logQueries: Exchange['query'][] = [];
  const told: (string | number)[] = [];
  let open = 0;
  let mostAtOnce = 0;
  let heldOpen = 0;
  let closed = 0;

  async function* textOf(answer: LogAnswer, aborted: AbortSignal): AsyncGenerator<string> {
    if ('status' in answer) {
      yield JSON.stringify({ kind: 'Status', ...answer });
      open -= 1;
      return;
    }
    yield* answer.pieces;
    if (answer.then === 'breaks') throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    if (answer.then === 'stays open') {
      heldOpen += 1;
      await new Promise((_, reject) => {
        aborted.addEventListener('abort', () => reject(aborted.reason), { once: true });
      });
    }
  }

  const client: FollowPorts['client'] = {
    stream: async (exchange, aborted): Promise<OpenResponse> => {
      aborted.throwIfAborted();
      const nth = logQueries.length;
      logQueries.push(exchange.query);
      open += 1;
      mostAtOnce = Math.max(mostAtOnce, open);
      onLog?.(nth);
      const answer = log[Math.min(nth, log.length - 1)] ?? waiting;
      return {
        status: 'status' in answer ? answer.status : 200,
        retryAfterSeconds: undefined,
        date: undefined,
        text: textOf(answer, aborted),
        close: () => {
          open -= 1;
          closed += 1;
        },
      };
    },
    request: async ({ path }) => ({
      ok: true,
      httpStatus: 200,
      body: path.endsWith('/events') ? { items: events } : pod,
    }),
  };
  const followed = await follow(target, container, {
    client,
    decoder: createDecoder(NONCE),
    signal: signal ?? new AbortController().signal,
    onStart: () => told.push('start'),
    onResult: (results) => told.push(results.length),
    onPull: (message) => told.push(message),
  });
  return { ...followed, logQueries, mostAtOnce, heldOpen, closed, told };
};
