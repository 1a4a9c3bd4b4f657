import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

/** `path: rule` of everything that the repository's lint rules say about these files. */
const lint = (files: Readonly<Record<string, string>>): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-lint-'));
  try {
    cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
    // Exit status 1 is what is looked for here.
    const script = `"$0" "$@" || [ $? -eq 1 ]`;
    const said = execFileSync('sh', ['-c', script, process.execPath, biome, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const diagnostics: readonly Diagnostic[] = JSON.parse(said).diagnostics;
    return diagnostics
      .filter(({ category }) => category.startsWith('lint/'))
      .map(
        ({ category, location: { path } }) =>
          `${typeof path === 'string' ? path : path.file}: ${category.split('/').at(-1)}`,
      )
      .toSorted();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const PURE = [
  'src/codes/a.ts',
  'src/diagnosis/rules/a.ts',
  'src/judge.ts',
  'src/model/a.ts',
  'src/plan/a.ts',
  'src/report/a.ts',
  'probes/a/probe.ts',
];

const importing = (module: string): string => `import * as it from '${module}';\n\nexport const used = it;\n`;
const each = (paths: readonly string[], text: string) =>
  Object.fromEntries(paths.map((path) => [path, text]));
const refused = (paths: readonly string[], rule: string) =>
  paths.map((path) => `${path}: ${rule}`).toSorted();

test.each([
  'node:fs',
  'node:fs/promises',
  'node:child_process',
  'execa',
  'undici',
  '@kubernetes/client-node',
  '../cluster/client.ts',
  '../../src/cluster/evidence/pod.ts',
  '../runner/command.ts',
  '../cli/args.ts',
  './check.ts',
])('what judges cannot import %s', (module) => {
  expect(lint(each(PURE, importing(module)))).toEqual(refused(PURE, 'noRestrictedImports'));
});

test.each(['zod', '../model/probe.ts', '../runner/types.ts', './cluster-dns.ts'])(
  'but can import %s',
  (module) => {
    expect(lint(each(PURE, importing(module)))).toEqual([]);
  },
);

test('nor can it reach out without an import', () => {
  const text = "export const page = () => fetch('https://127.0.0.1/');\n";
  expect(lint(each(PURE, text))).toEqual(refused(PURE, 'noRestrictedGlobals'));
});

test('the cluster and the runner import neither what judges nor the command line', () => {
  const paths = ['src/cluster/evidence/a.ts', 'src/runner/a.ts'];
  for (const module of [
    '../judge.ts',
    '../../diagnosis/rules/index.ts',
    '../report/text.ts',
    '../cli/args.ts',
  ])
    expect(lint(each(paths, importing(module)))).toEqual(refused(paths, 'noRestrictedImports'));
  expect(lint(each(paths, importing('node:fs')))).toEqual([]);
});

test('only src/cli/main.ts touches `process`', () => {
  const paths = ['src/cli/run.ts', 'src/cluster/kubeconfig.ts', 'src/model/a.ts', 'src/cli/main.ts'];
  const text = 'export const home = process.env.HOME;\n';
  expect(lint(each(paths, text))).toEqual(refused(paths.slice(0, 3), 'noRestrictedGlobals'));
});

test('a floating promise and an `any` are errors', () => {
  const text =
    'const wait = async () => 1;\nexport const start = (a: any) => {\n  wait();\n  return a;\n};\n';
  expect(lint({ 'src/cli/a.ts': text })).toEqual([
    'src/cli/a.ts: noExplicitAny',
    'src/cli/a.ts: noFloatingPromises',
  ]);
});

test('schemas are made with zod/mini: all of zod would come into the bundle beside it', () => {
  const sources = ['src', 'probes'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path)),
  );
  expect(sources.length).toBeGreaterThan(100);
  const plain = sources.filter((path) => /from 'zod'/.test(readFileSync(join(ROOT, path), 'utf8')));
  expect(plain).toEqual([]);
});
