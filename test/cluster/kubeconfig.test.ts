import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConnection } from '../../src/cluster/kubeconfig.ts';
import { UserError } from '../../src/errors.ts';
import type { ConnectionFlags } from '../../src/model/options.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netcheck-kubeconfig-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const config = (name: string, more = '') => `
apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ns-${name}}}]
clusters: [{name: ${name}, cluster: {server: "https://${name}.invalid:6443"}}]
users: [{name: ${name}, user: {token: token-${name}${more}}}]
`;

const none: ConnectionFlags = { asGroups: [] };
const load = (flags: Partial<ConnectionFlags>, env: Record<string, string> = {}) =>
  loadConnection({ ...none, ...flags }, { HOME: folder, PATH: process.env.PATH, ...env });
const failure = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
};

describe('which cluster, as whom', () => {
  test('one file: its current-context, with the namespace and credentials of it', async () => {
    const connection = await load({ kubeconfig: file('one', config('one')) });
    expect(connection).toMatchObject({ namespace: 'ns-one', context: 'one' });
    expect(connection.endpoint.server).toBe('https://one.invalid:6443');
    expect(connection.endpoint.headers).toMatchObject({ Authorization: 'Bearer token-one' });
  });

  test('--kubeconfig wins over KUBECONFIG', async () => {
    const connection = await load(
      { kubeconfig: file('one', config('one')) },
      { KUBECONFIG: file('two', config('two')) },
    );
    expect(connection.context).toBe('one');
  });

  test('several files: the FIRST current-context counts, as in kubectl', async () => {
    // A stand-in for kubectl that merges as kubectl does, so that the test needs none.
    const merged = {
      'current-context': 'one',
      contexts: ['one', 'two'].map((name) => ({ name, context: { cluster: name, user: name } })),
      clusters: ['one', 'two'].map((name) => ({ name, cluster: { server: `https://${name}.invalid:6443` } })),
      users: ['one', 'two'].map((name) => ({ name, user: { token: `token-${name}` } })),
    };
    const kubectl = file(
      'kubectl',
      `#!/bin/sh\n[ "$*" = "config view --raw --flatten -o json" ] && echo '${JSON.stringify(merged)}'\n`,
    );
    chmodSync(kubectl, 0o755);
    const KUBECONFIG = `${file('one', config('one'))}:${file('two', config('two'))}`;
    expect((await load({}, { KUBECONFIG, KUBECTL_PATH: kubectl })).context).toBe('one');
    expect((await load({ context: 'two' }, { KUBECONFIG, KUBECTL_PATH: kubectl })).endpoint.server).toBe(
      'https://two.invalid:6443',
    );
  });

  test('flags replace what the file says', async () => {
    const kubeconfig = file('one', config('one', ', as: bob, as-groups: [devs]'));
    const plain = await load({ kubeconfig });
    expect(plain.endpoint.headers).toMatchObject({
      'Impersonate-User': 'bob',
      'Impersonate-Group': ['devs'],
    });
    const flagged = await load({
      kubeconfig,
      token: 't',
      server: 'https://other.invalid',
      as: 'eve',
      asGroups: ['a', 'b'],
      asUid: '7',
    });
    expect(flagged.endpoint.server).toBe('https://other.invalid');
    expect(flagged.endpoint.headers).toMatchObject({
      Authorization: 'Bearer t',
      'Impersonate-User': 'eve',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Uid': '7',
    });
  });

  test('token files are read, relative to the kubeconfig', async () => {
    file('the-token', 'from-file\n');
    const kubeconfig = file('tf', config('tf').replace('token: token-tf', 'tokenFile: the-token'));
    expect((await load({ kubeconfig })).endpoint.headers).toMatchObject({
      Authorization: 'Bearer from-file',
    });
  });
});

describe('told kindly', () => {
  test('no file at all', async () => {
    expect(await failure(load({}))).toMatchObject({ code: 'no-kubeconfig', exitCode: 1 });
  });
  test('a file that is not there', async () => {
    const error = await failure(load({ kubeconfig: join(folder, 'nope') }));
    expect(error.message).toContain('nope');
    expect(error.reason).toContain('no such file');
  });
  test.each([
    ['not YAML', 'contexts: [', 'it is not YAML'],
    ['not a kubeconfig', 'contexts: 7', 'contexts'],
    ['a list', '- 1', 'it'],
  ])('%s', async (_name, content, reason) => {
    expect((await failure(load({ kubeconfig: file('bad', content) }))).reason).toContain(reason);
  });
  test('a context that is not in it names those that are', async () => {
    const error = await failure(load({ kubeconfig: file('one', config('one')), context: 'prod' }));
    expect(error).toMatchObject({ code: 'no-such-context', reason: 'it has: one' });
  });
  test('no current-context', async () => {
    const kubeconfig = file('none', config('one').replace('current-context: one', ''));
    expect(await failure(load({ kubeconfig }))).toMatchObject({ code: 'no-current-context' });
  });
  test('a client certificate that is not there', async () => {
    const kubeconfig = file('cert', config('one', ', client-certificate: gone.crt'));
    expect(await failure(load({ kubeconfig }))).toMatchObject({ code: 'credentials-unusable' });
  });
});
