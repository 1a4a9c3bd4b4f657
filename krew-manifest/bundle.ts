/**
 * `npm run build`: src/ and every package it uses → four files, and a launcher. The first answers help and version by itself and
 * loads the program for the rest; the packages that few runs need lie beside it. They are CommonJS, and few: Node's loader
 * of modules takes a millisecond or two for each file, and 20 ms for itself.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));
export const DIST = join(ROOT, 'dist');
export const ENTRY = 'kubectl-netcheck.cjs';

/** Each file of the bundle, and what it is made from. */
const PARTS: readonly { readonly file: string; readonly from: BuildOptions }[] = [
  { file: ENTRY, from: { entryPoints: ['src/cli/main.ts'] } },
  { file: 'program.cjs', from: { entryPoints: ['src/cli/program.ts'] } },
  // Only for logins that another program gives, and for kubeconfigs in several files.
  {
    file: 'client-node.cjs',
    from: {
      stdin: {
        contents: "export { KubeConfig } from '@kubernetes/client-node/dist/config.js'",
        resolveDir: ROOT,
      },
    },
  },
  { file: 'execa.cjs', from: { stdin: { contents: "export { execa } from 'execa'", resolveDir: ROOT } } },
];
export const FILES: readonly string[] = PARTS.map(({ file }) => file);

/** What one part loads of another when it is needed, by the words of its `import()`: through src/cli/bytecode.ts. */
const LOADED_LATER: Readonly<Record<string, string>> = {
  './program.ts': './program.cjs',
  '@kubernetes/client-node/dist/config.js': './client-node.cjs',
  execa: './execa.cjs',
};

/** Of package.json, without a leading v. */
export const packageVersion = (): string =>
  String(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);

/**
 * What a package brings for work that we do not give it, and that every run would pay for at its start.
 * client-node reads kubeconfigs and makes credentials (src/cluster/kubeconfig/credentials.ts); the generated API and undici are for requests of
 * its own. yargs' parser reads argv (src/cli/parse-flags.ts); its ground for commands and help is not used.
 */
const LEFT_OUT: readonly { readonly by: string; readonly what: RegExp; readonly names: readonly string[] }[] =
  [
    { by: '/@kubernetes/client-node/dist/', what: /^undici$/, names: ['Agent', 'ProxyAgent'] },
    {
      by: '/@kubernetes/client-node/dist/',
      what: /^\.\/gen\/index\.js$/,
      names: ['ServerConfiguration', 'createConfiguration'],
    },
    { by: '/yargs/helpers/', what: /platform-shims/, names: ['default'] },
    { by: '/yargs/helpers/', what: /apply-extends|process-argv/, names: ['applyExtends', 'hideBin'] },
  ];

const leaveOut: Plugin = {
  name: 'leave-out',
  setup: ({ onResolve, onLoad }) => {
    for (const { by, what, names } of LEFT_OUT)
      onResolve({ filter: what }, ({ path, importer }) =>
        importer.includes(by) ? { path, namespace: 'left-out', pluginData: names } : undefined,
      );
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path, pluginData }) => ({
      contents: `function unused() { throw new Error('not in this bundle: ${path}'); }
        export { ${pluginData.map((name: string) => `unused as ${name}`).join(', ')} };`,
    }));
  },
};

const BYTECODE = JSON.stringify(join(ROOT, 'src/cli/bytecode.ts'));

/** The entry loads a part through the loader that is in it; that one serves the `require()` of the parts themselves. */
const loadedLater: Plugin = {
  name: 'loaded-later',
  setup: ({ onResolve, onLoad, initialOptions }) => {
    const isEntry = initialOptions.outfile?.endsWith(ENTRY) === true;
    onResolve({ filter: /.*/ }, ({ path, kind }) => {
      const file = kind === 'dynamic-import' ? LOADED_LATER[path] : undefined;
      if (file === undefined) return undefined;
      return isEntry ? { path: file, namespace: 'part' } : { path: file, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
      contents: `module.exports = require(${BYTECODE}).parts.load(require('node:path').join(__dirname, '${path}'))`,
      resolveDir: ROOT,
    }));
  },
};

export interface Bundle {
  /** Paths of the bundled source files, relative to the repository, sorted. */
  readonly inputs: readonly string[];
}

/** Writes the bundle into `folder`. The same source gives the same bytes, wherever the repository lies. */
export const bundle = async (folder: string): Promise<Bundle> => {
  const inputs = new Set<string>();
  for (const { file, from } of PARTS) {
    const { metafile } = await build({
      ...from,
      absWorkingDir: ROOT,
      outfile: join(folder, file),
      bundle: true,
      format: 'cjs',
      // `import()` in a CommonJS file would start the loader of modules after all.
      supported: { 'dynamic-import': false },
      platform: 'node',
      target: 'node22.19',
      minify: true,
      // The licences of what is in here go into the archive in full: licences.ts.
      legalComments: 'none',
      define: {
        NETCHECK_VERSION: JSON.stringify(packageVersion()),
        // Asked for by createRequire only, which takes a path as well.
        'import.meta.url': '__filename',
      },
      plugins: [loadedLater, leaveOut],
      metafile: true,
      logLevel: 'warning',
    });
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  chmodSync(join(folder, ENTRY), 0o755);
  return { inputs: [...inputs].sort() };
};

/** Where `npm run build` puts the plugin for use from this checkout. */
export const BIN = join(DIST, 'bin');

/** The bundle, and a launcher that runs it on this checkout's own Node: with `dist/bin` on PATH, `kubectl netcheck` works. */
export const buildForUse = async (): Promise<void> => {
  await bundle(DIST);
  mkdirSync(BIN, { recursive: true });
  const launcher = join(BIN, 'kubectl-netcheck');
  const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;
  writeFileSync(launcher, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(join(DIST, ENTRY))} "$@"\n`);
  chmodSync(launcher, 0o755);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildForUse();
    process.stdout.write(`dist/bin/kubectl-netcheck\n`);
  } catch {
    // esbuild has told what is wrong, and where.
    process.exitCode = 1;
  }
}
