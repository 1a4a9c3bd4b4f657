/** Who we are to the server, and what is told where it does not let us in: checked against a real TLS server. */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { createCertificateAuthority } from '../sandbox/api/certificates.ts';
import {
  type ApiServer,
  ask,
  authority,
  base64,
  kubeconfigOf,
  MINUTE,
  period,
  startApiServer,
} from './api-server.ts';
import { createKubeconfigs, failure } from './kubeconfigs.ts';

const { file, load, remove } = createKubeconfigs();
afterAll(remove);
const servers: ApiServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});
const start = async (...options: Parameters<typeof startApiServer>): Promise<ApiServer> => {
  const server = await startApiServer(...options);
  servers.push(server);
  return server;
};
const NAMES = ['127.0.0.1'];
const connect = async (server: string, user: object = {}, cluster: object = {}, flags = {}) =>
  load({ kubeconfig: file('kc', kubeconfigOf({ server, ...cluster }, { ...user })), ...flags });
const toldOf = async (...options: Parameters<typeof connect>) => {
  const { message, reason = '', next } = await failure(ask(await connect(...options)));
  return `${message}: ${reason} (${next.join(', ')})`;
};

describe("the server's certificate", () => {
  test('of an unknown authority, and of another name', async () => {
    const { url, port } = await start(undefined, createCertificateAuthority().issueServer(NAMES));
    expect(await toldOf(url)).toContain('signed by a CA that the kubeconfig');
    const named = await start(undefined, authority.issueServer(['api.internal', '10.96.0.1']));
    expect(await toldOf(named.url)).toMatch(/another name.*tls-server-name.*it is for DNS:api.internal/);
    // The name that it is for may be said.
    expect(await ask(await connect(named.url, {}, { 'tls-server-name': 'api.internal' }))).toMatchObject({
      ok: true,
    });
    expect(await ask(await connect(named.url, {}, {}, { tlsServerName: 'api.internal' }))).toMatchObject({
      ok: true,
    });
    expect(port).not.toBe(named.port);
  });

  test('expired, or not valid yet: since when, and what our clock says', async () => {
    const old = await start(undefined, authority.issueServer(NAMES, period(-600, -300)));
    expect(await toldOf(old.url)).toMatch(
      /has expired: it held until \d.* UTC, and this machine's clock says \d/,
    );
    const early = await start(undefined, authority.issueServer(NAMES, period(120, 600)));
    expect(await toldOf(early.url)).toMatch(
      /not valid yet.*holds from \d.* UTC, and this machine's clock says/,
    );
  });

  test('it speaks no TLS there', async () => {
    const { createServer } = await import('node:http');
    const plain = createServer((_q, r) => r.end('{}'));
    await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done));
    const bound = plain.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    expect(await toldOf(`https://127.0.0.1:${port}`)).toContain('does not speak TLS');
    plain.close();
  });
});

describe('a client certificate', () => {
  const entry = ({ key, certificate }: { key: string; certificate: string }) => ({
    'client-certificate-data': base64(certificate),
    'client-key-data': base64(key),
  });
  const strict = { ca: authority.certificate, requestCert: true, rejectUnauthorized: true };

  test('is shown where one is wanted; without one that is told', async () => {
    const { url } = await start(undefined, undefined, strict);
    expect(await ask(await connect(url, entry(authority.issueClient('ada', []))))).toMatchObject({
      ok: true,
    });
    expect(await toldOf(url)).toContain('it wants a client certificate, and the kubeconfig has none');
  });

  test('that has expired, as kube-apiserver tells it: 401, and we say why', async () => {
    const { url } = await start((_q, response) => response.writeHead(401).end());
    const expired = authority.issueClient('ada', [], period(-3 * 1440, -2 * 1440));
    expect(await toldOf(url, entry(expired))).toMatch(/\(401\).*the client certificate expired 2 days ago/);
  });
});

const jwt = (claims: object): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
const unix = (minutes: number): number => Math.floor((Date.now() + minutes * MINUTE) / 1000);

describe('a token', () => {
  test.each([
    [{ exp: unix(-180) }, /the token expired 3 h ago/],
    [{ nbf: unix(30) }, /the token holds only in 30 min/],
    [{ exp: unix(60) }, /they have expired, or belong to another cluster \(context prod\)/],
  ])('that says %j of itself', async (claims, told) => {
    const { url } = await start((_q, response) => response.writeHead(401).end());
    expect(await toldOf(url, { token: jwt(claims) })).toMatch(told);
  });

  test.each([
    [90, /this machine's clock is 90 min behind the server's, which alone can be why.*, date\)/],
    [-3 * 1440, /this machine's clock is 3 days ahead of the server's/],
  ])('and a clock that is %i minutes off', async (minutes, told) => {
    const { url } = await start((_q, response) =>
      response.writeHead(401, { date: new Date(Date.now() + minutes * MINUTE).toUTCString() }).end(),
    );
    expect(await toldOf(url, { token: 'opaque' })).toMatch(told);
  });

  test('and clocks that agree are not mentioned', async () => {
    const { url } = await start((_q, response) => response.writeHead(401).end());
    expect(await toldOf(url, { token: 'opaque' })).not.toContain('clock');
  });

  test('in a file counts more than the one beside it, and is read anew after a 401', async () => {
    const path = file('rotating', 'old');
    const { url, seen } = await start((request, response) => {
      writeFileSync(path, 'new');
      response.writeHead(request.headers.authorization === 'Bearer new' ? 200 : 401).end('{}');
    });
    expect(await ask(await connect(url, { token: 'own', tokenFile: path }))).toMatchObject({ ok: true });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
    const { endpoint } = await connect(url, { token: 'own', tokenFile: '/no-such/file' });
    expect(endpoint.headers.Authorization).toBe('Bearer own');
  });
});

describe('acting as somebody else', () => {
  test('the headers, each group by itself, from the kubeconfig and the flags', async () => {
    const { url, seen } = await start();
    const user = {
      as: 'bob',
      'as-uid': '7',
      'as-groups': ['a'],
      'as-user-extra': { 'example.com/scopes': ['x', 'y'] },
    };
    await ask(await connect(url, user));
    await ask(await connect(url, user, {}, { as: 'eve', asGroups: ['b', 'c'], asUid: '8' }));
    const told = seen.map(({ rawHeaders }) =>
      rawHeaders.flatMap((name, at) =>
        /^impersonate-/i.test(name) ? [`${name}: ${rawHeaders[at + 1]}`] : [],
      ),
    );
    const extra = ['Impersonate-Extra-example.com%2Fscopes: x', 'Impersonate-Extra-example.com%2Fscopes: y'];
    expect(told).toEqual([
      ['Impersonate-User: bob', 'Impersonate-Uid: 7', 'Impersonate-Group: a', ...extra],
      [
        'Impersonate-User: eve',
        'Impersonate-Uid: 8',
        'Impersonate-Group: b',
        'Impersonate-Group: c',
        ...extra,
      ],
    ]);
  });

  test('that is not allowed is told as such, and any other 403 is not', async () => {
    const message =
      'users "bob" is forbidden: User "ada" cannot impersonate resource "users" in API group "" at the cluster scope';
    const { url } = await start((_q, response) =>
      response.writeHead(403).end(JSON.stringify({ kind: 'Status', reason: 'Forbidden', message })),
    );
    expect(await toldOf(url, {}, {}, { as: 'bob' })).toContain(message);
    const other = await start((_q, response) =>
      response.writeHead(403).end(JSON.stringify({ kind: 'Status', reason: 'Forbidden', message: 'no' })),
    );
    expect(await ask(await connect(other.url))).toMatchObject({ ok: false, failure: { httpStatus: 403 } });
  });
});
