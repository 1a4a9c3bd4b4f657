import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { config, createKubeconfigs, failure } from './kubeconfigs.ts';

const { folder, file, subfolder, load, remove } = createKubeconfigs();
afterAll(remove);

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
    // A relative path of the command line would be another one.
    expect((await load({ kubeconfig, token: 'of-the-flag' })).endpoint.headers).toMatchObject({
      Authorization: 'Bearer of-the-flag',
    });
  });

  test('files of KUBECONFIG that do not exist are passed over, as in kubectl; one that is left needs no merging', async () => {
    const KUBECONFIG = [join(folder, 'gone'), file('one', config('one')), '', join(folder, 'gone-too')].join(
      ':',
    );
    const noKubectl = { KUBECTL_PATH: join(folder, 'no-kubectl') };
    expect((await load({}, { KUBECONFIG, ...noKubectl })).context).toBe('one');
    const twice = [file('one', config('one')), file('one', config('one'))].join(':');
    expect((await load({}, { KUBECONFIG: twice, ...noKubectl })).context).toBe('one');
    // Two that exist do.
    const both = [file('one', config('one')), file('two', config('two'))].join(':');
    expect(await failure(load({}, { KUBECONFIG: both, ...noKubectl }))).toMatchObject({
      reason: expect.stringContaining('could not be run'),
    });
  });

  test('files of KUBECONFIG keep the default path out, even where none of them exists', async () => {
    subfolder('.kube');
    file('.kube/config', config('default'));
    expect((await load({})).context).toBe('default');
    expect((await load({}, { KUBECONFIG: '' })).context).toBe('default');
    for (const KUBECONFIG of [':', join(folder, 'gone')])
      expect(await failure(load({}, { KUBECONFIG }))).toMatchObject({ code: 'no-kubeconfig' });
    rmSync(join(folder, '.kube'), { recursive: true });
  });

  test('--server needs no kubeconfig', async () => {
    const connection = await load({ server: 'https://other.invalid/' }, { KUBECONFIG: join(folder, 'gone') });
    expect(connection).toMatchObject({
      namespace: 'default',
      context: undefined,
      endpoint: { server: 'https://other.invalid' },
    });
  });
});
