/** The bundle through the real kubectl (or alone, where there is none: the names say which) against the embedded cluster. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import type { KubeObject } from '../sandbox/contract.ts';
import { baseObjects } from '../sandbox/scenario.ts';
import { COMMAND, HAS_KUBECTL, installPlugin, type Plugin, type Ran } from './plugin.ts';

const PATIENCE = 60_000;
const SHOP = 'shop';

let cluster: SandboxCluster;
let plugin: Plugin;
beforeAll(async () => {
  [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
  await cluster.apply(baseObjects());
  await cluster.apply([copyOfClient('cut-off')]);
  const cut = await cluster.inNetwork('pod/shop/cut-off', ['ip', 'route', 'del', 'default']);
  if (cut.exitCode !== 0) throw new Error(cut.stderr);
}, PATIENCE);
afterAll(async () => {
  await cluster?.stop();
  plugin?.remove();
});

const copyOfClient = (name: string): KubeObject => {
  const client = baseObjects().find(({ kind, metadata }) => kind === 'Pod' && metadata.name === 'client');
  if (client === undefined) throw new Error('the base has no pod client');
  return { ...client, metadata: { name, namespace: SHOP } };
};

const inShop = (...argv: readonly string[]): Promise<Ran> =>
  plugin.run([...argv, '-n', SHOP], cluster.kubeconfig);

const pod = (name: string): KubeObject => {
  const found = cluster.store.get('pods', SHOP, name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  return found;
};

const debugContainers = (name: string): readonly string[] =>
  (pod(name).spec.ephemeralContainers ?? []).map((container: { name: string }) => container.name);

/** What stderr may hold beside an error: the notice, and plain lines of progress where a run takes long. */
const NOTICE = /^adding ephemeral container netcheck-\w+ to pod shop\/[\w-]+: it ends by itself, .*$/m;

describe(COMMAND, () => {
  test(
    'client -n shop: a healthy report on stdout, the notice on stderr, status 0',
    async () => {
      const ran = await inShop('client');
      expect(ran).toMatchObject({ code: 0, signal: null });
      expect(ran.stdout).toMatch(/^shop\/client {2}node-1 {2}10\.244\.0\.\d+/);
      expect(ran.stdout).toMatch(/^✔ healthy: .*\n$/m);
      expect(ran.stdout).not.toMatch(NOTICE);
      expect(ran.stderr).toMatch(NOTICE);
    },
    PATIENCE,
  );

  test(
    'what a run leaves in the cache folder serves the next one, and harms none when it is spoiled',
    async () => {
      const caches = join(plugin.folder, '.cache/kubectl-netcheck');
      const bytecode = join(caches, 'program.cjs.bytecode');
      rmSync(caches, { recursive: true, force: true });
      expect((await inShop('client')).code).toBe(0);
      expect(readdirSync(caches)).toEqual(['program.cjs.bytecode']);
      const left = readFileSync(bytecode);
      expect((await inShop('client')).code).toBe(0);
      expect(readFileSync(bytecode).equals(left)).toBe(true);
      const spoiled = Buffer.from(left).fill(0xa5, 5_000, 6_000);
      writeFileSync(bytecode, spoiled);
      const ran = await inShop('client');
      expect(ran).toMatchObject({ code: 0, signal: null });
      expect(ran.stdout).toMatch(/^✔ healthy: /m);
      expect(readFileSync(bytecode).equals(spoiled)).toBe(false);
    },
    PATIENCE,
  );

  test(
    '-o json: stdout is one JSON report and nothing else',
    async () => {
      const ran = await inShop('client', '-o', 'json');
      expect(ran.code).toBe(0);
      const report = JSON.parse(ran.stdout);
      expect(report).toMatchObject({
        kind: 'Report',
        target: { pod: 'client' },
        verdict: { status: 'healthy' },
      });
      expect(report.observations.length).toBeGreaterThan(10);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    },
    PATIENCE,
  );

  test(
    'deploy/web: picks one of its pods and says of how many',
    async () => {
      const ran = await inShop('deploy/web');
      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(/^shop\/web-\w+-\w+/);
      expect(ran.stdout).toContain('1 of 2');
    },
    PATIENCE,
  );

  test(
    'a pod without a default route: NC2001, status 3; 0 with --fail-on never',
    async () => {
      const ran = await inShop('cut-off');
      expect(ran.code).toBe(3);
      expect(ran.stdout).toMatch(/^✖ broken: NC2001 no-default-route$/m);
      expect((await inShop('cut-off', '--fail-on', 'never', '--no-internet')).code).toBe(0);
    },
    PATIENCE,
  );

  test(
    'an image that is nowhere: inconclusive, status 4',
    async () => {
      const ran = await inShop('client', '--image', 'registry.example/nope/netshoot:1');
      expect(ran.code).toBe(4);
      expect(ran.stdout).toContain('NC1105');
    },
    PATIENCE,
  );

  const errors: readonly (readonly [string, number, readonly string[], RegExp])[] = [
    ['an unknown flag', 2, ['client', '--no-such-flag'], /^error: .*--no-such-flag/],
    ['a bad name', 2, ['Client_1'], /^error: .*Client_1/],
    ['a bad duration', 2, ['client', '--timeout', '3 parsecs'], /^error: .*3 parsecs/],
    ['no cluster there', 1, ['client', '--server', 'https://127.0.0.1:1'], /^error: .*127\.0\.0\.1:1/],
    ['no such context', 1, ['client', '--context', 'nowhere'], /^error: .*nowhere/],
    [
      'an unreadable kubeconfig',
      1,
      ['client', '--kubeconfig', '/no/such/file'],
      /^error: .*\/no\/such\/file/,
    ],
    ['no such workload', 1, ['deploy/nothing', '-n', SHOP], /^error: .*deploy\/nothing/],
    ['a case that is none', 1, ['judge', '/etc/passwd'], /^error: .*\/etc\/passwd/],
  ];
  test.each(errors)(
    '%s: one clear error, status %d, no stack, nothing on stdout',
    async (_name, code, argv, says) => {
      const ran = await plugin.run(argv, cluster.kubeconfig);
      expect(ran).toMatchObject({ code, stdout: '' });
      expect(ran.stderr).toMatch(says);
      expect(ran.stderr.match(/^error: /gm)).toHaveLength(1);
      expect(ran.stderr).not.toMatch(/^\s+at /m);
    },
    PATIENCE,
  );

  test.each([
    ['client', 0],
    ['cut-off', 3],
  ])(
    '%s --save, then judge: the same bytes in text and json, the same status, a private file',
    async (name, code) => {
      const file = join(plugin.folder, `${name}.json`);
      writeFileSync(file, 'an earlier file, readable by all', { mode: 0o644 });
      const text = await inShop(name, '--save', file);
      expect(text.code).toBe(code);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await plugin.run(['judge', file], '/dev/null')).toEqual({ ...text, stderr: '' });
      const json = await inShop(name, '--save', file, '-o', 'json');
      expect(json.code).toBe(code);
      expect(await plugin.run(['judge', file, '-o', 'json'], '/dev/null')).toEqual({ ...json, stderr: '' });
      expect(readFileSync(file, 'utf8')).not.toContain('an earlier file');
    },
    PATIENCE,
  );

  test.each(['client', 'server'])(
    '--dry-run=%s shows the patch and changes nothing',
    async (mode) => {
      await cluster.settled();
      // Its status changes by itself: containers of the tests before this one are still told of.
      const spec = () => pod('client')?.spec;
      const before = spec();
      const ran = await inShop('client', `--dry-run=${mode}`);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toContain('"ephemeralContainers"');
      expect(spec()).toEqual(before);
    },
    PATIENCE,
  );

  const deadEnd = () => {
    const config = parse(readFileSync(cluster.kubeconfig, 'utf8'));
    const rename = (entries: readonly object[]) => entries.map((entry) => ({ ...entry, name: 'dead-end' }));
    const file = join(plugin.folder, 'dead-end.kubeconfig');
    const dead = {
      ...config,
      'current-context': 'dead-end',
      clusters: [{ name: 'dead-end', cluster: { server: 'https://127.0.0.1:1' } }],
      users: rename(config.users),
      contexts: [{ name: 'dead-end', context: { cluster: 'dead-end', user: 'dead-end' } }],
    };
    writeFileSync(file, stringify(dead));
    return file;
  };

  test(
    HAS_KUBECTL
      ? 'KUBECONFIG with two files: the first current-context counts, as in kubectl'
      : 'KUBECONFIG with two files needs kubectl, and says so',
    async () => {
      const [ours, dead] = [cluster.kubeconfig, deadEnd()];
      const good = await plugin.run(['client', '-n', SHOP], [ours, dead].join(delimiter));
      const bad = await plugin.run(['client', '-n', SHOP], [dead, ours].join(delimiter));
      if (HAS_KUBECTL) {
        expect(good.code).toBe(0);
        expect(bad).toMatchObject({ code: 1, stdout: '' });
        expect(bad.stderr).toContain('127.0.0.1:1');
      } else for (const ran of [good, bad]) expect(ran).toMatchObject({ code: 1, stdout: '' });
    },
    PATIENCE,
  );

  test(
    '--as a user with few rights: NC1101 names what is missing, nothing is added, status 4',
    async () => {
      const before = debugContainers('client');
      const ran = await inShop('client', '--as', 'nobody-special');
      expect(ran.code).toBe(4);
      expect(ran.stdout).toContain('NC1101');
      expect(ran.stdout).toContain('pods/ephemeralcontainers');
      expect(debugContainers('client')).toEqual(before);
    },
    PATIENCE,
  );

  test(
    'one debug container a run; each ends by itself, and no tool of it is left',
    async () => {
      await cluster.apply([copyOfClient('counted')]);
      for (const runs of [1, 2]) {
        expect((await inShop('counted', '--no-internet')).code).toBe(0);
        expect(debugContainers('counted')).toHaveLength(runs);
      }
      const terminated = () =>
        (pod('counted').status.ephemeralContainerStatuses ?? []).filter(
          (status: { state: { terminated?: { exitCode: number } } }) =>
            status.state.terminated?.exitCode === 0,
        ).length;
      for (let tries = 0; tries < 100 && terminated() < 2; tries += 1) await sleep(100);
      expect(terminated()).toBe(2);
      // All other runs of this file are over too: the names of all programs that run in the sandbox.
      const programs = await cluster.inNetwork('node', ['sh', '-c', 'cat /proc/[0-9]*/comm 2>/dev/null']);
      expect(programs.stdout).toMatch(/^node$/m);
      expect(
        programs.stdout.split('\n').filter((name) => /^(curl|nslookup|nc|ping|timeout)/.test(name)),
      ).toEqual([]);
    },
    PATIENCE,
  );
});
