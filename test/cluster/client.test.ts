/** The client against an API server that misbehaves in every way that one can. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { ApiUnavailable, type Client, createClient, know } from '../../src/cluster/client.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, count: number) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const serve = async (
  handler: Handler,
  signal = new AbortController().signal,
): Promise<{ client: Client; seen: () => number }> => {
  let count = 0;
  const server = http.createServer((request, response) => {
    count += 1;
    handler(request, response, count);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });
  const client = createClient(
    { server: `http://127.0.0.1:${port}`, agent, headers: {} },
    { namespace: 'x', context: 'x', requestTimeoutMs: 1_000 },
    signal,
  );
  closers.push(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, seen: () => count };
};
const status = (code: number, reason: string, message: string) =>
  JSON.stringify({ kind: 'Status', code, reason, message });
const get = { method: 'GET', path: '/x' } as const;

describe('asks again', () => {
  test.each([429, 500, 502, 503, 504])('after HTTP %i, and takes the good answer', async (code) => {
    const { client, seen } = await serve((_q, r, n) => {
      if (n < 3) r.writeHead(code, { 'retry-after': '0' }).end(status(code, 'Busy', 'not now'));
      else r.end('{"a":1}');
    });
    expect(await client.request(get)).toMatchObject({ ok: true, body: { a: 1 } });
    expect(seen()).toBe(3);
  });

  test('after a reset, an empty answer, and half an answer', async () => {
    const { client } = await serve((q, r, n) => {
      if (n === 1) q.socket.destroy();
      else if (n === 2) r.writeHead(200, { 'content-length': '100' }).end('{"a"', () => q.socket.destroy());
      else if (n === 3) r.end('{"a": nonsense');
      else r.end('{"a":1}');
    });
    expect(await client.request(get)).toMatchObject({ ok: true, body: { a: 1 } });
  });

  test('after Retry-After, in seconds or as a date: not before', async () => {
    for (const after of ['1', new Date(Date.now() + 3_000).toUTCString()]) {
      const times: number[] = [];
      const { client } = await serve((_q, r, n) => {
        times.push(performance.now());
        if (n === 1) r.writeHead(429, { 'retry-after': after }).end('');
        else r.end('{}');
      });
      expect(await client.request(get)).toMatchObject({ ok: true });
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
    }
  });

  test('a PATCH that may be repeated, after 409 Conflict, and not after AlreadyExists', async () => {
    const patch = { method: 'PATCH', path: '/x', body: {}, repeatable: true } as const;
    for (const [reason, tries] of [
      ['Conflict', 2],
      ['AlreadyExists', 1],
    ] as const) {
      const { client, seen } = await serve((_q, r, n) =>
        r.writeHead(n === 1 ? 409 : 200).end(n === 1 ? status(409, reason, 'no') : '{}'),
      );
      expect(await client.request(patch)).toMatchObject({ ok: tries === 2 });
      expect(seen()).toBe(tries);
    }
  });

  test('after it refused connections, where it has answered before: it is being restarted', async () => {
    const first = await serve((_q, r) => r.end('{}'));
    await first.client.request(get);
    const { port } = new URL(first.client.description.server);
    closers.pop()?.();
    const again = http.createServer((_q, r) => r.end('{"back":true}'));
    setTimeout(() => again.listen(Number(port), '127.0.0.1'), 20);
    closers.push(() => again.close());
    expect(await first.client.request({ ...get, timeoutMs: 900 })).toMatchObject({ ok: true });
    first.client.close();
  });

  test('--request-timeout 0 is no limit', async () => {
    const { client } = await serve((_q, r) => setTimeout(() => r.end('{}'), 50));
    expect(await client.request({ ...get, timeoutMs: 0 })).toMatchObject({ ok: true });
  });

  test('a server that never answers: gives up after a few tries, each with its own deadline', async () => {
    const { client, seen } = await serve(() => undefined);
    const error: unknown = await client.request({ ...get, timeoutMs: 50 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiUnavailable);
    expect(seen()).toBeGreaterThan(1);
  });
});

describe('does not ask again', () => {
  test.each([400, 403, 404, 409, 422])('after HTTP %i', async (code) => {
    const { client, seen } = await serve((_q, r) => r.writeHead(code).end(status(code, 'Reason', 'words')));
    expect(await client.request(get)).toEqual({
      ok: false,
      failure: { httpStatus: code, reason: 'Reason', message: 'words', details: undefined },
    });
    expect(seen()).toBe(1);
  });

  test('a POST that may have been done: not after 503, but after 429, which says "not done"', async () => {
    const post = { method: 'POST', path: '/x', body: {} } as const;
    const once = await serve((_q, r) => r.writeHead(503).end(''));
    await once.client.request(post);
    expect(once.seen()).toBe(1);
    const twice = await serve((_q, r, n) =>
      r.writeHead(n === 1 ? 429 : 200, { 'retry-after': '0' }).end('{}'),
    );
    expect(await twice.client.request(post)).toMatchObject({ ok: true });
  });
});

test('the end of the run ends a request at once, with its reason', async () => {
  const stop = new AbortController();
  const { client } = await serve(() => setTimeout(() => stop.abort(new Error('stopped')), 20), stop.signal);
  await expect(client.request(get)).rejects.toThrow('stopped');
});

test('afterwards: requests that outlive the run, and end by a deadline of their own', async () => {
  const stop = new AbortController();
  const { client } = await serve((q, r) => (q.url === '/silent' ? undefined : r.end('{"a":1}')), stop.signal);
  stop.abort(new Error('stopped'));
  await expect(client.request(get)).rejects.toThrow('stopped');
  expect(await client.afterwards(30_000).request({ ...get, method: 'DELETE' })).toMatchObject({ ok: true });
  await expect(client.afterwards(50).request({ method: 'GET', path: '/silent' })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('nothing listens: unreachable, which is not the same as a cluster in trouble', async () => {
  const agent = new http.Agent();
  const client = createClient(
    { server: 'http://127.0.0.1:1', agent, headers: {} },
    { namespace: 'x', context: undefined },
    new AbortController().signal,
  );
  await expect(client.request(get)).rejects.toBeInstanceOf(ApiUnavailable);
  expect(client.trouble()).toMatchObject({ kind: 'unreachable' });
});

test('a reset is a cluster in trouble', async () => {
  const { client } = await serve((q) => q.socket.destroy());
  await expect(client.request(get)).rejects.toBeInstanceOf(ApiUnavailable);
  expect(client.trouble()).toBeUndefined();
});

describe('know: what is known, and why not', () => {
  const schema = z.object({ a: z.number() });
  const right = { verb: 'get', group: '', resource: 'pods', namespace: 'x' };
  test.each([
    [200, '{"a":1}', { state: 'known', value: { a: 1 } }],
    [404, status(404, 'NotFound', 'no'), { state: 'absent' }],
    [403, status(403, 'Forbidden', 'no'), { state: 'forbidden', right }],
    [422, status(422, 'Invalid', 'no'), { state: 'failed', reason: 'HTTP 422: no' }],
    [200, '{"a":"one"}', { state: 'failed', reason: expect.stringContaining('unexpected answer at a') }],
  ])('HTTP %i %s', async (code, body, expected) => {
    const { client } = await serve((_q, r) => r.writeHead(code).end(body));
    expect(await know(client, '/x', {}, schema, right)).toEqual(expected);
  });
});
