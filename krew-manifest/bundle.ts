/**
 * `npm run build`: src/ and every package it uses → dist/kubectl-netcheck.mjs and chunks beside it, and a launcher. The chunks follow the
 * `import()`s of the source, so that help and version load nothing of Kubernetes.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));
export const DIST = join(ROOT, 'dist');
export const ENTRY = 'kubectl-netcheck.mjs';
export const CHUNKS = 'chunks';

/** Of package.json, without a leading v. */
export const packageVersion = (): string =>
  String(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);

// Packages that are CommonJS call `require` for Node's own modules; a module file has none unless it makes one.
const BANNER = [
  "import { createRequire as netcheckCreateRequire } from 'node:module';",
  'const require = netcheckCreateRequire(import.meta.url);',
].join('\n');

/**
 * What a package brings for work that we do not give it, and that every run would pay for at its start.
 * client-node reads kubeconfigs and makes credentials (src/cluster/kubeconfig.ts); the generated API and undici are for requests of
 * its own. yargs reads argv (src/cli/args.ts); cliui lays out its help, and takes 90 ms to compile expressions of Unicode.
 */
const LEFT_OUT: readonly { readonly by: string; readonly what: RegExp; readonly names: readonly string[] }[] =
  [
    { by: '/@kubernetes/client-node/dist/', what: /^undici$/, names: ['Agent', 'ProxyAgent'] },
    {
      by: '/@kubernetes/client-node/dist/',
      what: /^\.\/gen\/index\.js$/,
      names: ['ServerConfiguration', 'createConfiguration'],
    },
    { by: '/yargs/', what: /^(?:cliui|string-width)$/, names: ['default'] },
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

/** Imported as a module, node:http makes Node load its own undici as well, for WebSocket and others among its names: 20 ms. */
const plainHttp: Plugin = {
  name: 'plain-http',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `const http = process.getBuiltinModule('${path}');
        export default http;
        export const { Agent, ClientRequest, IncomingMessage, METHODS, OutgoingMessage, STATUS_CODES, Server, ServerResponse } = http;
        export const { createServer, get, globalAgent, maxHeaderSize, request } = http;`,
    }));
  },
};

export interface Bundle {
  /** Paths of the bundled source files, relative to the repository, sorted. */
  readonly inputs: readonly string[];
}

/** Writes the bundle into `folder`. The same source gives the same bytes, wherever the repository lies. */
export const bundle = async (folder: string): Promise<Bundle> => {
  for (const old of [ENTRY, CHUNKS]) rmSync(join(folder, old), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [{ in: 'src/cli/main.ts', out: ENTRY.replace(/\.mjs$/, '') }],
    outdir: folder,
    chunkNames: `${CHUNKS}/[hash]`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    minify: true,
    // The licences of what is in here go into the archive in full: licences.ts.
    legalComments: 'none',
    banner: { js: BANNER },
    define: { NETCHECK_VERSION: JSON.stringify(packageVersion()) },
    plugins: [leaveOut, plainHttp],
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(join(folder, ENTRY), 0o755);
  return { inputs: Object.keys(metafile.inputs).sort() };
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
