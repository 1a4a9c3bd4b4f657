/** Faults that a test can set, and the unix socket for requests from inside the cluster. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createStore, startApi } from '../sandbox/api/index.ts';
import { createFakeKubelet } from './fake-kubelet.ts';
import { configMap, MAPS, PODS, pod } from './objects.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
});
afterEach(() => world.api.faults.clear());
afterAll(() => world?.stop());

describe('faults', () => {
  const get = () => world.client.send({ path: MAPS });
  test('the next N requests get 429 with Retry-After, then all is well', async () => {
    const on = { resource: 'configmaps' };
    world.api.faults.add({ on, times: 2, action: { kind: 'status', code: 429, retryAfterSeconds: 1 } });
    const answers = [await get(), await get(), await get()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers['retry-after']).toBe('1');
    expect(answers[0]?.body.reason).toBe('TooManyRequests');
  });

  test('a reset has no answer, and other requests are not hit', async () => {
    world.api.faults.add({ on: { path: MAPS }, action: { kind: 'reset' } });
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await world.client.send({ path: PODS })).status).toBe(200);
  });

  test('a cut answer ends after so many bytes', async () => {
    world.api.faults.add({ on: { subresource: 'log' }, action: { kind: 'cut', afterBytes: 7 } });
    await post(world, PODS, pod('cut'));
    world.kubelet.print('app', 'one\ntwo\nthree\n', true);
    const lines: string[] = [];
    const path = '/api/v1/namespaces/shop/pods/cut/log?follow=true';
    await world.client.follow({ path }, (line) => lines.push(line)).ended;
    expect(lines).toEqual(['one']);
    world.api.faults.clear();
    expect((await world.client.send({ path })).text).toBe('one\ntwo\nthree\n');
  });

  test('a webhook and a policy refuse a write in their own words', async () => {
    const body = configMap('hooked');
    const create = () => world.client.send({ method: 'POST', path: MAPS, body });
    const undo = world.api.faults.add({
      on: { verb: 'create' },
      action: { kind: 'webhook', name: 'w.example', message: 'no debug' },
    });
    const webhook = await create();
    expect([webhook.status, webhook.body.message]).toEqual([
      403,
      'admission webhook "w.example" denied the request: no debug',
    ]);
    undo();
    world.api.faults.add({
      on: { verb: 'create' },
      action: { kind: 'policy', policy: 'p', binding: 'b', message: 'not here' },
    });
    const policy = await create();
    expect([policy.status, policy.body.message]).toEqual([
      422,
      "configmaps \"hooked\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: not here",
    ]);
  });
});

test('the unix socket takes the same TLS, with the names that pods use', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-api-'));
  const socketPath = join(folder, 'api.sock');
  const store = createStore();
  const api = await startApi({ store, kubelet: createFakeKubelet(store), socketPath });
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect({
      socket: createConnection(socketPath),
      servername: 'kubernetes.default.svc',
      ca: api.caPem,
    });
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.write('GET /version HTTP/1.1\r\nHost: kubernetes.default\r\nConnection: close\r\n\r\n');
  });
  await api.stop();
  rmSync(folder, { recursive: true });
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*v1\.36\.2/);
});
