/** What is told of a kubeconfig that cannot be used: what is wrong, and which flag or variable named it. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { config, createKubeconfigs, failure } from './kubeconfigs.ts';

const { folder, file, subfolder, load, remove } = createKubeconfigs();
afterAll(remove);

const GONE = join(folder, 'gone');

describe('no kubeconfig', () => {
  test('at the default path', async () => {
    expect(await failure(load({}))).toMatchObject({
      code: 'no-kubeconfig',
      exitCode: 1,
      reason: `${join(folder, '.kube', 'config')} does not exist, and KUBECONFIG is not set`,
    });
  });
  test('where KUBECONFIG says: the variable is named', async () => {
    expect(await failure(load({}, { KUBECONFIG: GONE }))).toMatchObject({
      code: 'no-kubeconfig',
      reason: `KUBECONFIG names ${GONE}, which does not exist`,
    });
  });
  test('in any of the places that KUBECONFIG names', async () => {
    expect(await failure(load({}, { KUBECONFIG: `${GONE}:${GONE}-2:${GONE}-3` }))).toMatchObject({
      code: 'no-kubeconfig',
      reason: `KUBECONFIG names ${GONE}, ${GONE}-2 and ${GONE}-3, and none of them exists`,
    });
  });
  test('in a KUBECONFIG without a path', async () => {
    expect((await failure(load({}, { KUBECONFIG: ':' }))).reason).toBe(
      'KUBECONFIG is set, and names no file',
    );
  });
  test('where --kubeconfig says: the flag is named, and KUBECONFIG not', async () => {
    const error = await failure(load({ kubeconfig: GONE }, { KUBECONFIG: file('one', config('one')) }));
    expect(error).toMatchObject({
      code: 'kubeconfig-unreadable',
      message: `cannot read the kubeconfig ${GONE}, which --kubeconfig names`,
      reason: 'there is no such file or folder',
    });
  });
});

describe('a folder', () => {
  const reason = 'it is a folder';
  test('of --kubeconfig', async () => {
    const kubeconfig = subfolder('configs');
    expect(await failure(load({ kubeconfig }))).toMatchObject({
      message: `cannot read the kubeconfig ${kubeconfig}, which --kubeconfig names`,
      reason,
    });
  });
  test('of KUBECONFIG, alone and among files: it is not passed over', async () => {
    const configs = subfolder('configs');
    for (const KUBECONFIG of [configs, `${file('one', config('one'))}:${configs}`, `${GONE}:${configs}`])
      expect(await failure(load({}, { KUBECONFIG }))).toMatchObject({
        message: `cannot read the kubeconfig ${configs}, which KUBECONFIG names`,
        reason,
      });
  });
  test('at the default path, which nobody named', async () => {
    const home = subfolder('home');
    const path = subfolder('home/.kube/config');
    expect(await failure(load({}, { HOME: home }))).toMatchObject({
      message: `cannot read the kubeconfig ${path}`,
      reason,
    });
  });
  test('a path through a file is another fault', async () => {
    const KUBECONFIG = join(file('one', config('one')), 'config');
    expect((await failure(load({}, { KUBECONFIG }))).reason).toBe('a part of its path is no folder');
  });
});

test.each([
  ['not YAML', 'contexts: [', 'it is not YAML'],
  ['not a kubeconfig', 'contexts: 7', 'contexts'],
  ['a list', '- 1', 'it'],
])('%s', async (_name, content, reason) => {
  const error = await failure(load({ kubeconfig: file('bad', content) }));
  expect(error.message).toContain('which --kubeconfig names');
  expect(error.reason).toContain(reason);
});

test('what kubectl says of files that it cannot merge', async () => {
  const kubectl = file('kubectl', '#!/bin/sh\necho "error: error loading config file: no" >&2\nexit 1\n');
  chmodSync(kubectl, 0o755);
  const KUBECONFIG = `${file('one', config('one'))}:${file('bad', 'contexts: [')}`;
  expect(await failure(load({}, { KUBECONFIG, KUBECTL_PATH: kubectl }))).toMatchObject({
    message: `cannot read the kubeconfig ${KUBECONFIG}, which KUBECONFIG names`,
    reason: 'error loading config file: no',
  });
});

describe('what is in it', () => {
  test('a context that is not there names those that are', async () => {
    const error = await failure(load({ kubeconfig: file('one', config('one')), context: 'prod' }));
    expect(error).toMatchObject({ code: 'no-such-context', reason: 'it has: one' });
  });
  test('no current-context', async () => {
    const kubeconfig = file('none', config('one').replace('current-context: one', ''));
    expect(await failure(load({ kubeconfig }))).toMatchObject({ code: 'no-current-context' });
  });
  test('a server that is no URL, and none at all, are the fault of the kubeconfig', async () => {
    const withServer = (server: string) =>
      load({ kubeconfig: file('odd', config('one').replace('"https://one.invalid:6443"', server)) });
    const message = 'the kubeconfig does not say where its cluster "one" is';
    expect(await failure(withServer('"https://a b"'))).toMatchObject({
      message,
      reason: 'the cluster\'s server "https://a b" is not a URL',
      exitCode: 1,
    });
    expect(await failure(withServer('""'))).toMatchObject({ message, reason: 'the cluster has no server' });
  });
  test('--server that is no URL is the fault of the command line', async () => {
    const error = await failure(load({ kubeconfig: file('one', config('one')), server: 'https://a b' }));
    expect(error).toMatchObject({ message: '-s/--server: "https://a b" is not a URL', exitCode: 2 });
    expect(`${error.message} ${error.reason ?? ''}`).not.toContain('kubeconfig');
  });
});

describe('the files of its credentials', () => {
  test.each([
    ['gone.crt', 'there is no such file or folder'],
    ['folder.crt', 'it is a folder'],
  ])('a client certificate: %s', async (name, reason) => {
    subfolder('folder.crt');
    const kubeconfig = file('cert', config('one', `, client-certificate: ${name}`));
    expect(await failure(load({ kubeconfig }))).toMatchObject({
      code: 'credentials-unusable',
      reason: `client-certificate ${join(folder, name)}: ${reason}`,
    });
  });
  test('of --certificate-authority, which takes the place of what the kubeconfig has', async () => {
    const kubeconfig = file('one', config('one'));
    expect(await failure(load({ kubeconfig, certificateAuthority: GONE }))).toMatchObject({
      code: 'credentials-unusable',
      reason: `certificate-authority ${GONE}: there is no such file or folder`,
    });
  });
  test('a token file is not called the kubeconfig', async () => {
    subfolder('tokens');
    const kubeconfig = file('tf', config('tf').replace('token: token-tf', 'tokenFile: tokens'));
    expect(await failure(load({ kubeconfig }))).toMatchObject({
      code: 'credentials-unusable',
      message: `cannot read the token file ${join(folder, 'tokens')}, which the kubeconfig names`,
      reason: 'it is a folder',
    });
    expect((await load({ kubeconfig, token: 't' })).context).toBe('tf');
  });
});
