import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Archive, buildArchive } from '../../krew-manifest/archive.ts';
import { packageVersion, ROOT } from '../../krew-manifest/bundle.ts';
import { PLUGIN, pluginManifest } from '../../krew-manifest/manifest.ts';
import { PLATFORMS } from '../../krew-manifest/platforms.ts';
import { type Installed, installWithKrew, inTemporaryFolder, listArchive, onPath } from './krew.ts';

/** Packing Node.js takes seconds, and longer beside other work. */
const BUILD_MS = 300_000;
const RUN_MS = 60_000;

let archive: Archive;
let runtime: string;
beforeAll(async () => {
  const [platform] = PLATFORMS;
  if (platform === undefined) throw new Error('no platform');
  runtime = `${platform.runtime}/${platform.program}`;
  archive = await buildArchive(platform);
}, BUILD_MS);

const version = packageVersion();

describe('the archive, by the rules of krew', () => {
  test('holds only files and directories with plain relative paths, owned by nobody in particular', () => {
    const entries = listArchive(archive.content);
    expect(entries.filter(({ mode }) => !/^[-d]/.test(mode))).toEqual([]);
    expect(entries.filter(({ path }) => path.startsWith('/') || path.split('/').includes('..'))).toEqual([]);
    expect(new Set(entries.map(({ owner }) => owner))).toEqual(new Set(['0/0']));
    expect(entries.map(({ path }) => path)).toEqual(entries.map(({ path }) => path).toSorted());
  });

  test('holds the launcher, the runtime, the bundle and the licences, and only programs are executable', () => {
    const entries = listArchive(archive.content);
    const top = new Set(entries.map(({ path }) => path.split('/')[0]));
    expect([...top]).toEqual(['LICENSE', 'THIRD-PARTY-NOTICES', 'kubectl-netcheck', 'lib', 'node']);
    const programs = entries.filter(({ mode }) => mode.startsWith('-rwxr-xr-x')).map(({ path }) => path);
    expect(programs).toEqual(['kubectl-netcheck', 'node']);
    const others = entries.filter(({ mode }) => mode.startsWith('-') && !mode.includes('x'));
    expect(new Set(others.map(({ mode }) => mode))).toEqual(new Set(['-rw-r--r--']));
  });

  test('carries the stock Node.js, byte for byte, and every licence', async () => {
    await inTemporaryFolder((folder) => {
      const { store } = installWithKrew(folder, version, archive.content);
      const packed = readFileSync(join(store, 'node'));
      expect(packed.equals(readFileSync(join(ROOT, 'node_modules', runtime)))).toBe(true);
      expect(readFileSync(join(store, 'LICENSE'), 'utf8')).toContain('Apache License');
      const notices = readFileSync(join(store, 'THIRD-PARTY-NOTICES'), 'utf8');
      for (const name of [
        '@kubernetes/client-node',
        'yargs',
        'execa',
        'zod',
        'Copyright Node.js contributors',
      ])
        expect(notices).toContain(name);
      expect(notices).not.toContain('no licence file');
    });
  });
});

describe('plugin.yaml', () => {
  const committed = readFileSync(join(ROOT, 'plugin.yaml'), 'utf8');
  const manifest = parse(committed);

  test('is what npm run package writes now: run it after a change of the source or of a dependency', () => {
    expect(committed).toBe(pluginManifest(version, [archive]));
  });

  test('has the fields that krew asks for', () => {
    expect(manifest).toMatchObject({
      apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
      kind: 'Plugin',
      metadata: { name: PLUGIN },
      spec: { version: `v${version}`, homepage: expect.stringMatching(/^https:\/\//) },
    });
    expect(manifest.metadata.name).toMatch(/^[a-z][a-z-]*$/);
    expect(manifest.spec.version).toMatch(/^v\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(manifest.spec.shortDescription.length).toBeLessThanOrEqual(50);
    expect(manifest.spec.shortDescription).not.toMatch(/kubectl|[\n.]$/i);
    for (const line of [...manifest.spec.description.split('\n'), ...manifest.spec.caveats.split('\n')])
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test('tells one archive for each platform, by its checksum', () => {
    const platforms: {
      selector: { matchLabels: { os: string; arch: string } };
      uri: string;
      sha256: string;
      bin: string;
    }[] = manifest.spec.platforms;
    expect(platforms.length).toBe(PLATFORMS.length);
    const labels = platforms.map(({ selector }) => selector.matchLabels);
    for (const os of ['linux', 'darwin', 'windows'])
      for (const arch of ['amd64', 'arm64', 'arm', '386'])
        expect(labels.filter((label) => label.os === os && label.arch === arch).length).toBeLessThanOrEqual(
          1,
        );
    for (const { selector, uri, sha256, bin } of platforms) {
      expect(Object.keys(selector.matchLabels).toSorted()).toEqual(['arch', 'os']);
      expect(uri).toMatch(
        new RegExp(`^https://.*/v${version}/kubectl-netcheck_v${version}_[a-z]+-[a-z0-9]+\\.tar\\.gz$`),
      );
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bin).toBe('kubectl-netcheck');
    }
  });
});

describe('installed as krew does, on a machine without Node.js', () => {
  const run = (
    command: string,
    args: readonly string[],
    path: string,
    env: Record<string, string> = {},
  ): string =>
    execFileSync(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: RUN_MS,
      env: { PATH: path, HOME: '/nonexistent', ...env },
    });
  const installed = (use: (plugin: Installed, folder: string) => void): Promise<void> =>
    inTemporaryFolder((folder) => use(installWithKrew(folder, version, archive.content), folder));

  test(
    'answers --version and --help through krew’s symlink, in a folder with a space in its name',
    () =>
      installed(({ plugin, path }) => {
        expect(() => run('/usr/bin/env', ['node', '--version'], path)).toThrow();
        expect(run(plugin, ['--version'], path)).toBe(`kubectl-netcheck ${version}\n`);
        expect(run(plugin, ['--help'], path)).toContain('kubectl netcheck');
      }),
    RUN_MS,
  );

  test(
    'is found through a relative symlink, a chain of them, and none',
    () =>
      installed(({ plugin, store, root, path }) => {
        symlinkSync('../store/netcheck/relative', join(root, 'bin/second'));
        symlinkSync(`v${version}/kubectl-netcheck`, join(root, 'store/netcheck/relative'));
        symlinkSync(plugin, join(root, 'third'));
        for (const start of [join(root, 'bin/second'), join(root, 'third'), join(store, 'kubectl-netcheck')])
          expect(run(start, ['--version'], path, { CDPATH: root })).toBe(`kubectl-netcheck ${version}\n`);
      }),
    RUN_MS,
  );

  test(
    'passes the exit status on, and words as they are; NODE_OPTIONS of the user’s own do not reach it',
    () =>
      installed(({ plugin, path }) => {
        const fail = () => run(plugin, ['--no such flag'], path, { NODE_OPTIONS: '--not-an-option' });
        expect(fail).toThrow(
          expect.objectContaining({ status: 2, stderr: expect.stringContaining('no such flag') }),
        );
      }),
    RUN_MS,
  );

  test(
    'kubectl netcheck --help runs it',
    () =>
      installed(({ path, plugin }) => {
        // Without a kubectl on this machine: what kubectl does, which is to start the plugin with the words after its name.
        const kubectl = onPath('kubectl');
        const help =
          kubectl === undefined ? run(plugin, ['--help'], path) : run(kubectl, ['netcheck', '--help'], path);
        expect(help).toBe(run(plugin, ['--help'], path));
      }),
    RUN_MS,
  );

  test(
    'help loads a small part of the bundle, and nothing of Kubernetes',
    () =>
      installed(({ plugin, path, store }, folder) => {
        const coverage = join(folder, 'coverage');
        run(plugin, ['--help'], path, { NODE_V8_COVERAGE: coverage });
        const [report = ''] = readdirSync(coverage);
        const urls: string[] = JSON.parse(readFileSync(join(coverage, report), 'utf8')).result.map(
          ({ url }: { url: string }) => url,
        );
        const loaded = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
        expect(loaded).toContain(join(store, 'lib/kubectl-netcheck.cjs'));
        expect(loaded.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(50_000);
      }),
    RUN_MS,
  );

  test(
    'says so when its parts are not beside it',
    () =>
      installed(({ plugin, store, path }) => {
        renameSync(join(store, 'node'), join(store, 'moved'));
        expect(() => run(plugin, ['--version'], path)).toThrow(
          expect.objectContaining({ status: 127, stderr: expect.stringContaining('node') }),
        );
      }),
    RUN_MS,
  );
});
