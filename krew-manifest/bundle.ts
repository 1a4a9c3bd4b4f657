/**
 * `npm run build`: src/ and every package it uses → dist/kubectl-netcheck.mjs and chunks beside it. The chunks follow the
 * `import()`s of the source, so that help and version load nothing of Kubernetes.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

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
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(join(folder, ENTRY), 0o755);
  return { inputs: Object.keys(metafile.inputs).sort() };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await bundle(DIST);
    process.stdout.write(`dist/${ENTRY}\n`);
  } catch {
    // esbuild has told what is wrong, and where.
    process.exitCode = 1;
  }
}
