import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { parseArgs } from '../../src/cli/args.ts';
import { parseDuration } from '../../src/cli/duration.ts';
import { isImageName } from '../../src/cli/image-name.ts';
import { internetFault } from '../../src/cli/internet-target.ts';
import { DEFAULT_IMAGE } from '../../src/cluster/ways/container.ts';
import { UserError } from '../../src/errors.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const checked = (...argv: readonly string[]) => {
  const command = parseArgs(argv);
  if (command.kind !== 'check') throw new Error(`not a check: ${command.kind}`);
  return command;
};

describe('targets', () => {
  test.each([
    [['web-0'], 'web-0', 'pod', 'web-0'],
    [['pod/web-0'], 'pod/web-0', 'pod', 'web-0'],
    [['po', 'web-0'], 'po/web-0', 'pod', 'web-0'],
    [['deploy/web'], 'deploy/web', 'deployment', 'web'],
    [['Deployments.apps/web'], 'Deployments.apps/web', 'deployment', 'web'],
    [['deployment.v1.apps/web'], 'deployment.v1.apps/web', 'deployment', 'web'],
    [['statefulset', 'db'], 'statefulset/db', 'statefulset', 'db'],
    [['sts/db'], 'sts/db', 'statefulset', 'db'],
    [['ds/agent'], 'ds/agent', 'daemonset', 'agent'],
    [['rs/web-abc'], 'rs/web-abc', 'replicaset', 'web-abc'],
    [['job/once'], 'job/once', 'job', 'once'],
    [['cj/nightly'], 'cj/nightly', 'cronjob', 'nightly'],
    [['svc/web'], 'svc/web', 'service', 'web'],
    [['pod/judge'], 'pod/judge', 'pod', 'judge'],
    [['job'], 'job', 'pod', 'job'],
    // One word is a pod's name, however near it is to a command; two that are TYPE NAME are that.
    [['explan'], 'explan', 'pod', 'explan'],
    [['code'], 'code', 'pod', 'code'],
    [['pods', 'explan'], 'pods/explan', 'pod', 'explan'],
    [['static.pod-node.example.com'], 'static.pod-node.example.com', 'pod', 'static.pod-node.example.com'],
  ])('%j', (argv, target, kind, name) => {
    expect(checked(...argv).check).toMatchObject({ target, ref: { kind, name } });
  });
});

describe('flags', () => {
  test('nothing given: defaults, and no connection flag', () => {
    const { check, output, save } = checked('web-0');
    expect(check).toMatchObject({ timeoutMs: 60_000, internet: 'default', dryRun: 'none' });
    expect(check.namespace).toBeUndefined();
    expect(JSON.stringify(check.connection)).toBe('{"asGroups":[]}');
    expect(output).toEqual({ format: 'text', color: 'auto', failOn: 'error', verbosity: 0 });
    expect(save).toBeUndefined();
  });

  test.each([
    [['-n', 'shop']],
    [['-nshop']],
    [['-n=shop']],
    [['--namespace', 'shop']],
    [['--namespace=shop']],
    [['-vnshop']],
  ])('%j is the namespace shop', (argv) => {
    expect(checked('web-0', ...argv).check.namespace).toBe('shop');
    expect(checked(...argv, 'web-0').check.namespace).toBe('shop');
  });

  test('a flag that takes no value leaves the next word alone, whatever it is', () => {
    for (const flag of ['-v', '--no-internet', '--dry-run', '--insecure-skip-tls-verify'])
      expect(checked(flag, 'true').check.ref).toEqual({ kind: 'pod', name: 'true' });
  });

  test.each([
    [['--dry-run'], 'client'],
    [['--dry-run=client'], 'client'],
    [['--dry-run=server'], 'server'],
    [['--dry-run=none'], 'none'],
  ])('%j', (argv, dryRun) => {
    expect(checked('web-0', ...argv).check.dryRun).toBe(dryRun);
  });

  test.each([
    [['-v'], 1],
    [['-vv'], 2],
    [['-v', '-v'], 2],
    [['-v=6'], 6],
    [['--verbose'], 1],
  ])('%j counts', (argv, verbosity) => {
    expect(checked('web-0', ...argv).output.verbosity).toBe(verbosity);
  });

  test('lists keep their order, numbers stay text', () => {
    const { check } = checked('web-0', '--internet', '1.1.1.1', '--internet=[2001:db8::1]:53', '--as=0x10');
    expect(check.internet).toEqual(['1.1.1.1', '[2001:db8::1]:53']);
    expect(checked('007').check.ref.name).toBe('007');
    expect(check.connection.as).toBe('0x10');
  });

  test('a metadata service only where it is meant', () => {
    const { check } = checked('web-0', '--to', 'http://169.254.169.254/', '--allow-metadata');
    expect(check.to?.ref).toEqual({ kind: 'url', url: 'http://169.254.169.254/' });
    expect(checked('web-0', '--to', '169.254.20.10:53').check.to?.ref).toMatchObject({ kind: 'address' });
  });

  test('--no-internet', () => {
    expect(checked('web-0', '--no-internet').check.internet).toBe('none');
    expect(checked('web-0', '--no-internet=false').check.internet).toBe('default');
  });

  test('every connection flag arrives', () => {
    const argv =
      '--kubeconfig k --context c --cluster l --user u -s https://h:6443 --token t --as a --as-group g --as-group h --as-uid i --request-timeout 5 --insecure-skip-tls-verify --tls-server-name n --client-certificate cc --client-key ck';
    expect(checked('web-0', ...argv.split(' ')).check.connection).toEqual({
      kubeconfig: 'k',
      context: 'c',
      cluster: 'l',
      user: 'u',
      server: 'https://h:6443',
      token: 't',
      as: 'a',
      asGroups: ['g', 'h'],
      asUid: 'i',
      requestTimeoutMs: 5_000,
      insecureSkipTlsVerify: true,
      tlsServerName: 'n',
      certificateAuthority: undefined,
      clientCertificate: 'cc',
      clientKey: 'ck',
    });
  });

  test('--only and --skip take lists, and may be repeated', () => {
    expect(checked('web-0', '--only', 'dns-lookup,internet', '--only=gateway').check).toMatchObject({
      only: ['dns-lookup', 'internet', 'gateway'],
      skip: undefined,
    });
    expect(checked('web-0', '--skip=internet').check).toMatchObject({ only: undefined, skip: ['internet'] });
  });

  test('--probe-timeout: whole seconds, as the tools take them', () => {
    expect(checked('web-0').check.probePatienceSeconds).toBeUndefined();
    expect(checked('web-0', '--probe-timeout', '1500ms').check.probePatienceSeconds).toBe(2);
    expect(checked('web-0', '--probe-timeout', '30').check.probePatienceSeconds).toBe(30);
  });

  test('whatever the words, it is a command or a UserError of status 2 that says what to type', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '-',
        '--',
        '-n',
        '--timeout',
        '--internet',
        '--dry-run',
        'judge',
        'deploy',
        'web',
        '--_',
        '-vh',
        '--__proto__',
        '--constructor=1',
        '--no-internet=true',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (argv) => {
        try {
          expect(parseArgs(argv)).toHaveProperty('kind');
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.exitCode).toBe(2);
          expect(error.next.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('values', () => {
  test.each([
    ['30', 30_000],
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1.5m', 90_000],
    ['.5s', 500],
    ['500ms', 500],
    ['1h', 3_600_000],
    ['1us', 1],
    ['0', 0],
    ['', undefined],
    ['s', undefined],
    ['5x', undefined],
    ['5 s', undefined],
    ['1e3', undefined],
    ['1s ', undefined],
    ['+5s', undefined],
  ])('duration %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([DEFAULT_IMAGE, 'netshoot', 'localhost:5000/a/b-c:v1.2_3', `a.b/c__d@sha256:${'a'.repeat(64)}`])(
    'image %s',
    (name) => {
      expect(isImageName(name)).toBe(true);
    },
  );

  test.each(['', 'Netshoot', 'a b', 'a:', 'a@sha256:xyz', '/a', 'a//b', 'http://a/b', 'a:v 1'])(
    'no image: %j',
    (name) => {
      expect(isImageName(name)).toBe(false);
    },
  );

  test.each([
    '1.1.1.1',
    '::1',
    '[::1]',
    '[2001:db8::1]:443',
    '1.1.1.1:80',
    'example.com',
    'Example.COM.',
    'a-b.c:8443',
    'https://example.com/x?y=z',
    'http://[::1]:8080/',
  ])('tries %s', (target) => {
    expect(internetFault(target)).toBeUndefined();
  });

  test.each([
    '',
    '-x',
    '256.1.1.1',
    '1.1.1',
    'a b',
    'a:0',
    'a:65536',
    'a:b',
    '[1.1.1.1]',
    '[::1]x',
    'fe80::1%eth0',
    'file:///etc/passwd',
    'https://',
    'https://a b',
    'a_b',
    'x\n',
  ])('does not try %j', (target) => {
    expect(internetFault(target)).toEqual(expect.any(String));
  });
});
