/** Following over a real connection. */
import http from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { createClient } from '../../src/cluster/client.ts';
import { follow } from '../../src/cluster/follow.ts';
import { createDecoder } from '../../src/runner/decode.ts';
import { BEGIN, container, END, NONCE, RECORDS, results, target } from './scripted-follow.ts';

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
