/** Through a proxy: HTTP, with TLS, SOCKS 5; and what is told of one that refuses, or says nothing. */
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiServer, ask, authority, kubeconfigOf, startApiServer } from './api-server.ts';
import { createKubeconfigs, failure } from './kubeconfigs.ts';

const { file, load, remove } = createKubeconfigs();
let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(() => {
  api.stop();
  remove();
});
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const listen = async (server: Server, host = '127.0.0.1'): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, host);
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
};
const join = (one: Socket, other: Socket): void => {
  one.pipe(other).pipe(one);
  for (const socket of [one, other]) socket.on('error', () => undefined);
};

interface Connect {
  readonly url: string | undefined;
  readonly login: string | undefined;
}
/** Takes every CONNECT to the API server, whatever name it is asked for. */
const httpProxy = (server: http.Server, refusal?: string): readonly Connect[] => {
  const seen: Connect[] = [];
  server.on('connect', ({ url, headers }, client: Socket) => {
    seen.push({ url, login: headers['proxy-authorization'] });
    if (refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connectTo(api.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      join(client, upstream);
    });
  });
  return seen;
};

const SERVER = 'https://localhost';
const through = async (proxy: string | undefined, server = `${SERVER}:${api.port}`, env = {}) =>
  ask(
    await load({ kubeconfig: file('kc', kubeconfigOf({ server, 'proxy-url': proxy }, { token: 't' })) }, env),
  );

describe('works', () => {
  test('http, with the user and password of its URL', async () => {
    const proxy = http.createServer();
    const seen = httpProxy(proxy);
    const port = await listen(proxy);
    expect(await through(`http://me:p%40ss@127.0.0.1:${port}`)).toMatchObject({ ok: true });
    expect(seen).toEqual([
      { url: `localhost:${api.port}`, login: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
    ]);
  });

  test('an API server at an IPv6 address, and a proxy at one', async () => {
    const proxy = http.createServer();
    const seen = httpProxy(proxy);
    const port = await listen(proxy, '::1');
    // Nothing but the certificate is wrong with it.
    const error = await failure(through(`http://[::1]:${port}`, 'https://[fd00::1]:6443'));
    expect(error.reason).toContain('another name');
    expect(seen[0]?.url).toBe('[fd00::1]:6443');
  });

  test('https, with a certificate of the cluster’s authority', async () => {
    const { key, certificate } = authority.issueServer(['localhost']);
    const proxy = https.createServer({ key, cert: certificate });
    httpProxy(proxy);
    expect(await through(`https://localhost:${await listen(proxy)}`)).toMatchObject({ ok: true });
  });

  test('HTTPS_PROXY, unless NO_PROXY says otherwise or the kubeconfig names one', async () => {
    const proxy = http.createServer();
    const seen = httpProxy(proxy);
    const HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    const server = 'https://api.invalid:6443';
    const flags = { tlsServerName: 'localhost' };
    const kubeconfig = file('env', kubeconfigOf({ server }, { token: 't' }));
    expect(await ask(await load({ kubeconfig, ...flags }, { HTTPS_PROXY }))).toMatchObject({ ok: true });
    expect(seen).toHaveLength(1);
    const direct = await load({ kubeconfig, ...flags }, { HTTPS_PROXY, NO_PROXY: 'api.invalid' });
    expect((await failure(ask(direct))).reason).toMatch(/does not resolve|could not be looked up/);
    expect(
      await through(HTTPS_PROXY, undefined, { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' }),
    ).toMatchObject({
      ok: true,
    });
    expect(seen).toHaveLength(2);
  });

  test('socks5: the proxy looks the name up', async () => {
    const names: string[] = [];
    const proxy = createServer((client) => {
      client.once('data', () => {
        client.write(Buffer.from([5, 0]));
        client.once('data', (wanted: Buffer) => {
          names.push(wanted[3] === 3 ? wanted.subarray(5, 5 + (wanted[4] ?? 0)).toString() : 'an address');
          const upstream = connectTo(api.port, '127.0.0.1', () => {
            client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
            join(client, upstream);
          });
        });
      });
    });
    const connection = await load({
      kubeconfig: file(
        'socks',
        kubeconfigOf(
          { server: 'https://api.invalid:6443', 'proxy-url': `socks5://127.0.0.1:${await listen(proxy)}` },
          { token: 't' },
        ),
      ),
      tlsServerName: 'localhost',
    });
    expect(await ask(connection)).toMatchObject({ ok: true });
    expect(names).toEqual(['api.invalid']);
    expect(api.seen.at(-1)?.headers.authorization).toBe('Bearer t');
  });
});

describe('does not work: told, without the password', () => {
  test.each([
    ['407 Proxy Authentication Required', /wants a user name and a password \(407\)/],
    ['403 Forbidden', /\(403\).*NO_PROXY/],
    ['405 Method Not Allowed', /is it a proxy\?/],
    ['503 Service Unavailable', /cannot reach the API server either \(503\)/],
    ['451 Unavailable', /refuses to connect there \(451\)/],
  ])('CONNECT is answered with %s', async (refusal, reason) => {
    const proxy = http.createServer();
    httpProxy(proxy, refusal);
    const error = await failure(through(`http://me:secret@127.0.0.1:${await listen(proxy)}`));
    expect(error.reason).toMatch(reason);
    expect(`${error.message}${error.reason}${error.next.join()}`).not.toContain('secret');
  });

  test('no proxy is there, or one of a kind that nobody knows', async () => {
    expect((await failure(through('http://me:secret@127.0.0.1:1'))).reason).toBe(
      'the proxy 127.0.0.1:1 cannot be reached: nothing listens there',
    );
    const odd = await failure(through('ftp://me:secret@127.0.0.1:1'));
    expect(odd).toMatchObject({
      code: 'credentials-unusable',
      reason: expect.stringContaining('http, https or socks5'),
    });
    expect(odd.reason).not.toContain('secret');
    expect((await failure(through('socks5://me:secret@127.0.0.1:1'))).reason).toBe(
      'the proxy 127.0.0.1:1 cannot be reached: nothing listens there',
    );
  });

  test('a SOCKS proxy that cannot connect', async () => {
    const port = await listen(
      createServer((client) => {
        client.once('data', () => {
          client.write(Buffer.from([5, 0]));
          client.once('data', () => client.write(Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0])));
        });
      }),
    );
    const { reason } = await failure(through(`socks5://127.0.0.1:${port}`));
    expect(reason).toMatch(/^the SOCKS proxy 127\.0\.0\.1:\d+: .*HostUnreachable/);
  });

  test.each(['http', 'socks5'])(
    'many requests at once, and no %s proxy there: each is told',
    async (scheme) => {
      const cluster = { server: SERVER, 'proxy-url': `${scheme}://127.0.0.1:1` };
      const { endpoint } = await load({ kubeconfig: file('many', kubeconfigOf(cluster, {})) });
      const { createClient } = await import('../../src/cluster/client.ts');
      const client = createClient(endpoint, { namespace: 'x', context: 'x' }, AbortSignal.timeout(60_000));
      const asked = Array.from({ length: 12 }, () => client.request({ method: 'GET', path: '/x' }));
      for (const { status, ...rest } of await Promise.allSettled(asked))
        expect({ status, ...rest }).toMatchObject({
          status: 'rejected',
          reason: { message: expect.stringContaining('ECONNREFUSED') },
        });
      client.close();
    },
  );

  test('it says nothing: the request ends by its own deadline', async () => {
    const port = await listen(createServer());
    const kubeconfig = file(
      'silent',
      kubeconfigOf({ server: SERVER, 'proxy-url': `http://127.0.0.1:${port}` }, {}),
    );
    const { endpoint } = await load({ kubeconfig });
    const { createClient } = await import('../../src/cluster/client.ts');
    const about = { namespace: 'x', context: 'x', requestTimeoutMs: 200 };
    const client = createClient(endpoint, about, AbortSignal.timeout(60_000));
    await expect(client.request({ method: 'GET', path: '/x' })).rejects.toThrow('did not answer in time');
    client.close();
  });
});
