/** A login that another program gives: run as kubectl runs it, kept secret, and never waited for beyond the run. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { loadConnection } from '../../src/cluster/kubeconfig/index.ts';
import { type ApiServer, ask, authority, base64, kubeconfigOf, startApiServer } from './api-server.ts';
import { createKubeconfigs, failure } from './kubeconfigs.ts';

const { folder, file, load, remove } = createKubeconfigs();
afterAll(remove);
const servers: ApiServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

const V1 = 'client.authentication.k8s.io/v1';
const V1BETA1 = 'client.authentication.k8s.io/v1beta1';
const credential = (status: object, apiVersion = V1): string =>
  JSON.stringify({ apiVersion, kind: 'ExecCredential', status });

/** A program of shell commands in the kubeconfig's folder; its path as a kubeconfig has it. */
const program = (name: string, script: string): string => {
  chmodSync(file(name, `#!/bin/sh\n${script}\n`), 0o755);
  return `./${name}`;
};
const prints = (name: string, text: string): string => program(name, `cat <<'END'\n${text}\nEND`);

const SERVER = 'https://one.invalid:6443';
const exec = (command: string, more: object = {}) => ({
  exec: { apiVersion: V1, command, interactiveMode: 'Never', ...more },
});
const withPlugin = (command: string, more: object = {}, cluster: object = { server: SERVER }) =>
  file('kc', kubeconfigOf({ ...cluster }, exec(command, more)));

describe('what it is told', () => {
  test('KUBERNETES_EXEC_INFO as kubectl gives it, its own variables, its arguments, and the rest of the environment', async () => {
    const out = join(folder, 'told');
    const command = program(
      'tells',
      `printf '%s\\n' "$KUBERNETES_EXEC_INFO" "$REGION" "$HOME" "$*" >"${out}"; echo '${credential({ token: 't' })}'`,
    );
    const kubeconfig = withPlugin(command, { args: ['get', 'a b'], env: [{ name: 'REGION', value: 'eu' }] });
    const { endpoint } = await load({ kubeconfig });
    expect(endpoint.headers).toMatchObject({ Authorization: 'Bearer t' });
    const [info, ...others] = readFileSync(out, 'utf8').split('\n');
    // Recorded of kubectl 1.32.
    expect(JSON.parse(info ?? '')).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      spec: { interactive: false },
    });
    expect(others).toEqual(['eu', folder, 'get a b', '']);
  });

  test('provideClusterInfo: the cluster, and what its extension says; v1beta1 as well', async () => {
    const out = join(folder, 'told-cluster');
    const command = program(
      'tells-cluster',
      `printf '%s' "$KUBERNETES_EXEC_INFO" >"${out}"; echo '${credential({ token: 't' }, V1BETA1)}'`,
    );
    const cluster = {
      server: SERVER,
      'tls-server-name': 'api',
      'certificate-authority-data': base64(authority.certificate),
      'proxy-url': 'http://proxy.invalid:3128',
      extensions: [
        { name: 'other', extension: 1 },
        { name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } },
      ],
    };
    await load({
      kubeconfig: withPlugin(command, { apiVersion: V1BETA1, provideClusterInfo: true }, cluster),
    });
    const { extensions, ...rest } = cluster;
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1BETA1,
      spec: { interactive: false, cluster: { ...rest, config: { audience: 'x' } } },
    });
  });

  test('a token or a password in the kubeconfig, or --token, takes its place: it is not run', async () => {
    const ran = join(folder, 'ran');
    const user = exec(program('runs', `touch "${ran}"; echo '${credential({ token: 'of-program' })}'`));
    const authorization = async (more: object, flags = {}) =>
      (
        await load({
          kubeconfig: file('kc', kubeconfigOf({ server: SERVER }, { ...user, ...more })),
          ...flags,
        })
      ).endpoint.headers.Authorization;
    expect(await authorization({ token: 'own' })).toBe('Bearer own');
    expect(await authorization({ username: 'u', password: 'p' })).toBe(`Basic ${base64('u:p')}`);
    expect(await authorization({}, { token: 'flag' })).toBe('Bearer flag');
    // Nor where what it gives would go over plain http for everybody to read.
    expect(await authorization({}, { server: 'http://one.invalid' })).toBeUndefined();
    expect(existsSync(ran)).toBe(false);
    expect(await authorization({})).toBe('Bearer of-program');
  });
});

describe('what it gives', () => {
  test('a client certificate: the server sees whom it names', async () => {
    const { key, certificate } = authority.issueClient('ada', ['devs']);
    const server = await startApiServer(undefined, undefined, {
      ca: authority.certificate,
      requestCert: true,
    });
    servers.push(server);
    const status = { clientCertificateData: certificate, clientKeyData: key };
    const kubeconfig = withPlugin(prints('certified', credential(status)), {}, { server: server.url });
    expect(await ask(await load({ kubeconfig }))).toMatchObject({ ok: true });
  });

  test('after a 401 it is run once more, and the request is sent again; requests side by side share that', async () => {
    const count = join(folder, 'count');
    const command = program(
      'renews',
      `echo x >>"${count}"; printf '{"apiVersion":"${V1}","kind":"ExecCredential","status":{"token":"t%s"}}' "$(grep -c x "${count}")"`,
    );
    const server = await startApiServer(({ headers }, response) =>
      response.writeHead(headers.authorization === 'Bearer t2' ? 200 : 401).end('{}'),
    );
    servers.push(server);
    const connection = await load({ kubeconfig: withPlugin(command, {}, { server: server.url }) });
    const { createClient } = await import('../../src/cluster/client.ts');
    const client = createClient(
      connection.endpoint,
      { namespace: 'x', context: 'x' },
      AbortSignal.timeout(60_000),
    );
    const get = { method: 'GET', path: '/x' } as const;
    const answers = await Promise.all([client.request(get), client.request(get), client.request(get)]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(client.trouble()).toBeUndefined();
    expect((await client.stream(get, AbortSignal.timeout(60_000))).status).toBe(200);
    client.close();
    expect(readFileSync(count, 'utf8')).toBe('x\nx\n');
  });

  test('a login that is never accepted is renewed once, and the 401 told', async () => {
    const server = await startApiServer((_q, response) => response.writeHead(401).end('no'));
    servers.push(server);
    const command = prints('refused', credential({ token: 'secret-token' }));
    const error = await failure(
      ask(await load({ kubeconfig: withPlugin(command, {}, { server: server.url }) })),
    );
    expect(error).toMatchObject({ code: 'not-authenticated' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['exit', 'echo some words >&2; echo secret-token; exit 3', /failed/, /exit status 3/],
    ['signal', 'kill -KILL $$', /failed/, /SIGKILL/],
    ['no-json', 'echo secret-token', /gave no credentials/, /not JSON/],
    [
      'other-kind',
      `echo '{"kind":"Status","token":"secret-token"}'`,
      /gave no credentials/,
      /no ExecCredential/,
    ],
    [
      'other-version',
      `echo '${credential({ token: 'secret-token' }, V1BETA1)}'`,
      /gave no/,
      /another apiVersion/,
    ],
    ['nothing', `echo '${credential({ clientKeyData: 'secret-token' })}'`, /gave no/, /no token/],
    ['endless', 'yes secret-token', /failed/, /./],
  ])('%s: told without a word of its answer', async (name, script, message, reason) => {
    const error = await failure(load({ kubeconfig: withPlugin(program(name, script)) }));
    expect(error.code).toBe('login-program-failed');
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`./${name}`);
    expect(error.reason).toMatch(reason);
    expect(`${error.message}${error.reason}`).not.toContain('secret-token');
  });

  test('it is not installed: the kubeconfig says how to', async () => {
    const error = await failure(
      load({ kubeconfig: withPlugin('no-such-login', { installHint: 'brew install it' }) }),
    );
    expect(error).toMatchObject({ reason: 'brew install it' });
    expect(error.message).toContain('no-such-login');
    expect(await failure(load({ kubeconfig: withPlugin('./no-such-login') }))).toMatchObject({
      reason: expect.stringContaining('not on PATH'),
    });
  });

  test('an apiVersion that is no more, and one that asks without a terminal', async () => {
    const command = prints('any', credential({ token: 't' }));
    const alpha = { apiVersion: 'client.authentication.k8s.io/v1alpha1' };
    expect((await failure(load({ kubeconfig: withPlugin(command, alpha) }))).reason).toContain(V1);
  });

  test('it hangs: the end of the run ends it, also where it does not want to', async () => {
    const started = join(folder, 'started');
    const command = program('hangs', `trap '' TERM; echo $$ >"${started}"; while :; do sleep 0.05; done`);
    const kubeconfig = withPlugin(command);
    const loading = (signal: AbortSignal) =>
      loadConnection({ asGroups: [], kubeconfig }, { PATH: process.env.PATH }, signal);
    expect(await failure(loading(AbortSignal.timeout(500)))).toMatchObject({
      message: `the login program "${command}" gave no credentials before --timeout`,
    });
    const stop = new AbortController();
    const stopped = loading(stop.signal);
    const over = stopped.catch((error: unknown) => error);
    await sleep(300);
    stop.abort(new Error('stopped'));
    expect(await over).toEqual(new Error('stopped'));
    // What it started itself, and holds its stdout open, is not waited for.
    const grandchild = join(folder, 'grandchild');
    const deep = program('hangs-deep', `sleep 3 & echo $! >"${grandchild}"; wait`);
    const began = performance.now();
    const signal = AbortSignal.timeout(200);
    await expect(
      loadConnection({ asGroups: [], kubeconfig: withPlugin(deep) }, { PATH: process.env.PATH }, signal),
    ).rejects.toThrow('before --timeout');
    expect(performance.now() - began).toBeLessThan(2_900);
    process.kill(Number(readFileSync(grandchild, 'utf8')));
    const pid = Number(readFileSync(started, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
