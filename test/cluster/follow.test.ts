/** Following a debug container through a scripted API: what each answer of the log, the pod and its events leads to. */
import http from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createClient } from '../../src/cluster/client.ts';
import { type Followed, type FollowPorts, follow } from '../../src/cluster/follow.ts';
import type { Exchange, OpenResponse } from '../../src/cluster/http.ts';
import type { Target } from '../../src/model/case.ts';
import type { RawResult } from '../../src/model/probe.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import { encodeBegin, encodeEnd, encodeRecord } from '../runner/encode.ts';

const NONCE = 'n0nce';
const container = { name: 'netcheck-bcdfg', image: 'registry.test/netshoot:1' };
const target: Target = { requested: 'web', namespace: 'shop', pod: 'web' };

const result = (id: string): RawResult => ({
  id,
  exitCode: 0,
  stdout: `out of ${id}\n`,
  stderr: '',
  cut: [],
});
const results = ['a', 'b', 'c'].map(result);
const linesOf = (one: RawResult): string => `${encodeRecord(one, NONCE).join('\n')}\n`;
const BEGIN = `${encodeBegin(NONCE, results.length)}\n`;
const RECORDS = results.map(linesOf);
const END = `${encodeEnd(NONCE, 0, results.length)}\n`;

/** What comes after the last piece of a log. */
type Then = 'ends' | 'stays open' | 'breaks';
type LogAnswer =
  | { readonly pieces: readonly string[]; readonly then: Then }
  | { readonly status: number; readonly message: string };

const waiting: LogAnswer = { status: 400, message: `container "${container.name}" is waiting to start` };
const logOf = (then: Then, ...pieces: readonly string[]): LogAnswer => ({ pieces, then });
const whole = (then: Then = 'ends') => logOf(then, BEGIN, ...RECORDS, END);

const podWith = (state: object | undefined) => ({
  spec: { ephemeralContainers: [{ name: container.name }] },
  status: { ephemeralContainerStatuses: state === undefined ? [] : [{ name: container.name, state }] },
});
const eventOf = (type: string, reason: string, message: string) => ({
  type,
  reason,
  message,
  involvedObject: { fieldPath: `spec.ephemeralContainers{${container.name}}` },
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

const play = async ({
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
    onResult: (done) => told.push(done),
    onPull: (message) => told.push(message),
  });
  return { ...followed, logQueries, mostAtOnce, heldOpen, closed, told };
};

describe('the log', () => {
  test('is asked for until it is there, one request at a time, and followed', async () => {
    const played = await play({ log: [...Array.from({ length: 12 }, () => waiting), whole()] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played.logQueries).toEqual(
      Array.from({ length: 13 }, () => ({ container: container.name, follow: 'true' })),
    );
    expect(played.mostAtOnce).toBe(1);
    expect(played.told).toEqual(['start', 1, 2, 3]);
  });

  test('with the last record all is in: its end is not waited for, and the connection is given back', async () => {
    const played = await play({ log: [whole('stays open')] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played).toMatchObject({ heldOpen: 0, closed: 1 });
    expect(played.logQueries).toHaveLength(1);
  });

  test.each([
    [1, { end: 'deadline' }],
    [2, { end: 'container-ended', detail: 'a signal ended it, as when its pod is deleted' }],
  ])(
    'an early end (%i) leaves nothing to come: the end of the log is not waited for either',
    async (reason, told) => {
      const early = logOf('stays open', BEGIN, RECORDS[0] ?? '', `${encodeEnd(NONCE, reason, 0)}\n`);
      const played = await play({ log: [early] });
      expect(played.entry).toMatchObject({ state: 'ran', ...told });
      expect(played.runs).toEqual(results.slice(0, 1));
      expect(played.heldOpen).toBe(0);
      expect(played.logQueries).toHaveLength(1);
    },
  );

  test('that broke off is read again: nothing is lost, and nothing counts twice', async () => {
    const [first = '', second = ''] = RECORDS;
    const played = await play({
      log: [
        logOf('breaks', BEGIN, first, second.slice(0, 20)),
        { status: 500, message: 'dial tcp: i/o timeout' },
        whole(),
      ],
    });
    expect(played.entry).toEqual({
      state: 'ran',
      container: container.name,
      image: container.image,
      end: 'complete',
      startMs: expect.any(Number),
    });
    expect(played.runs).toEqual(results);
    expect(played.told).toEqual(['start', 1, 2, 3]);
  });
});

describe('the last record is in, and others are not', () => {
  const damaged = logOf('ends', BEGIN, RECORDS[0] ?? '', (RECORDS[1] ?? '').replace('|', '!'), END);

  test('the log is read again, as it is, and is complete with what was missing', async () => {
    const played = await play({ log: [damaged, whole('stays open')] });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
    expect(played.heldOpen).toBe(0);
    expect(played.logQueries).toEqual([
      { container: container.name, follow: 'true' },
      { container: container.name },
    ]);
  });

  test('they never come: that is said, and what is there is kept', async () => {
    const played = await play({ log: [damaged] });
    expect(played.entry).toMatchObject({
      state: 'ran',
      end: 'connection-lost',
      detail: 'the runner came to its end, and its log lacks records',
    });
    expect(played.runs.map(({ id }) => id)).toEqual(['a']);
    expect(played.logQueries).toHaveLength(3);
  });
});

describe('a log that ends without the last record', () => {
  const cutOff = logOf('ends', BEGIN, RECORDS[0] ?? '');

  test('the container has ended: read again in case more is there, then its end is told', async () => {
    const pod = podWith({ terminated: { exitCode: 137, reason: 'OOMKilled' } });
    const played = await play({ log: [cutOff], pod });
    expect(played.entry).toMatchObject({
      state: 'ran',
      end: 'container-ended',
      exitCode: 137,
      detail: 'OOMKilled',
    });
    expect(played.runs).toEqual(results.slice(0, 1));
    expect(played.logQueries).toHaveLength(3);
  });

  test('the rest is there at the second reading', async () => {
    const pod = podWith({ terminated: { exitCode: 0, reason: 'Completed' } });
    const played = await play({ log: [cutOff, whole()], pod });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
    expect(played.runs).toEqual(results);
  });

  test('the container runs on: its log is followed further', async () => {
    const pod = podWith({ running: {} });
    const played = await play({ log: [cutOff, cutOff, cutOff, cutOff, cutOff, whole()], pod });
    expect(played.entry).toMatchObject({ state: 'ran', end: 'complete' });
  });

  test.each([
    ['the pod is another one', { spec: {} }, 'the pod was replaced meanwhile by another of the same name'],
    ['the status does not know the container yet', podWith(undefined), undefined],
  ])('%s', async (_, pod, detail) => {
    const played = await play({ log: [cutOff, whole()], pod });
    expect(played.entry).toMatchObject(
      detail === undefined ? { end: 'complete' } : { end: 'connection-lost', detail },
    );
  });
});

describe('the log stays away', () => {
  test('an event says that it will never start', async () => {
    const events = [eventOf('Warning', 'Failed', 'Failed to pull image "x": not found')];
    expect((await play({ log: [waiting], events })).entry).toEqual({
      state: 'not-started',
      container: container.name,
      image: container.image,
      reason: 'ErrImagePull',
      message: 'Failed to pull image "x": not found',
      toldBy: 'event',
    });
  });

  test('a pull is told, and is no failure', async () => {
    const stop = new AbortController();
    const events = [eventOf('Normal', 'Pulling', 'Pulling image "x"')];
    const played = await play({
      log: [waiting],
      events,
      signal: stop.signal,
      // Long after the first look.
      onLog: (nth) => nth === 25 && stop.abort(new Error('enough')),
    });
    expect(played.told).toContain('Pulling image "x"');
    expect(played.entry).toMatchObject({
      state: 'not-started',
      reason: 'Interrupted',
      message: expect.stringContaining('still being pulled'),
    });
  });

  test.each([
    ['Timeout', new DOMException('late', 'TimeoutError')],
    ['Interrupted', new Error('SIGINT')],
  ])('until we stop: %s, with the words of the last refusal', async (reason, cause) => {
    const stop = new AbortController();
    const played = await play({
      log: [waiting],
      signal: stop.signal,
      onLog: (nth) => nth === 3 && stop.abort(cause),
    });
    expect(played.entry).toMatchObject({
      state: 'not-started',
      reason,
      message: expect.stringContaining('waiting to start'),
    });
  });
});

test.each([
  ['timeout', new DOMException('late', 'TimeoutError')],
  ['interrupted', new Error('SIGINT')],
])('stopped while it ran: %s, and what had arrived is kept', async (end, cause) => {
  const stop = new AbortController();
  const pieces = [BEGIN, ...RECORDS.slice(0, 2)];
  const played = play({ log: [logOf('stays open', ...pieces)], signal: stop.signal });
  setTimeout(() => stop.abort(cause), 50);
  expect(await played).toMatchObject({ entry: { state: 'ran', end }, runs: results.slice(0, 2) });
});

describe('over a connection', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  test('a server that never closes the log: complete, and the connection is closed by us', async () => {
    let gone: Promise<unknown> = Promise.reject(new Error('no log was asked for'));
    gone.catch(() => undefined);
    const server = http.createServer((request, response) => {
      if (!request.url?.includes('/log')) response.writeHead(404).end();
      else {
        gone = new Promise((closed) => response.once('close', closed));
        response.write(BEGIN + RECORDS.join('') + END);
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const client = createClient(
      {
        server: `http://127.0.0.1:${address.port}`,
        agent: new http.Agent({ keepAlive: true }),
        headers: {},
      },
      { namespace: target.namespace, context: 'x' },
      new AbortController().signal,
    );
    closers.push(() => {
      client.close();
      server.closeAllConnections();
      server.close();
    });
    const followed = await follow(target, container, {
      client,
      decoder: createDecoder(NONCE),
      signal: new AbortController().signal,
      onStart: () => undefined,
      onResult: () => undefined,
      onPull: () => undefined,
    });
    expect(followed).toMatchObject({ entry: { state: 'ran', end: 'complete' }, runs: results });
    await gone;
  });
});
