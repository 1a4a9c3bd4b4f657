/**
 * `npm test [-- Jest's arguments]`: types and lint, then Jest, whose summary is the end of what a good run prints.
 * Leaves `N passed, N failed` in .cache/test-counts for .ci/run. Exit status 1 when any of the three failed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './say.js';

const CACHE = join(ROOT, '.cache');
const JEST_COUNTS = join(CACHE, `jest-counts-${process.pid}.json`);
const COUNTS = join(CACHE, 'test-counts');

/** Runs a program on this Node.js. Resolves to its exit status and what it said, which is nothing where it inherits. */
const node = (args, { stdio, env = {} }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => {
        said += chunk;
      });
    child.once('error', (error) => resolve({ status: 1, said: error.message }));
    child.once('close', (status, signal) =>
      resolve({ status: status ?? 1, said: signal === null ? said : `${said}\nended by ${signal}` }),
    );
  });

/** Its output in one piece, and only when it failed. */
const check = async (name, args) => {
  const { status, said } = await node(args, { stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) process.stderr.write(`${said.trimEnd()}\n\n${name} failed\n\n`);
  return { name, failed: status !== 0 };
};

// With CI set, some of Jest's parts colour their output though nobody sees colours there.
const plain = process.stderr.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' };

const runJest = async (args) => {
  const quiet = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const reporters = ['--reporters=default', '--reporters=<rootDir>/test/setup/count-reporter.js'];
  // The reporters come last: Jest reads every word after them as one more.
  return node([...quiet, 'node_modules/jest/bin/jest.js', ...args, ...reporters], {
    stdio: 'inherit',
    env: { ...plain, JEST_COUNTS_FILE: JEST_COUNTS },
  });
};

/** What Jest counted; undefined when it ended before it could tell. */
const jestCounts = () => {
  try {
    return JSON.parse(readFileSync(JEST_COUNTS, 'utf8'));
  } catch {
    return undefined;
  }
};

mkdirSync(CACHE, { recursive: true });
rmSync(COUNTS, { force: true });
const checks = await Promise.all([
  check('typecheck (npm run typecheck)', ['node_modules/typescript/bin/tsc', '--noEmit']),
  check('lint (npm run lint; npm run format mends most)', [
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--error-on-warnings',
    '.',
  ]),
]);
const jest = await runJest(process.argv.slice(2));
const counts = jestCounts() ?? { passed: 0, failed: 0, skipped: 0 };
rmSync(JEST_COUNTS, { force: true });

const failedChecks = checks.filter(({ failed }) => failed);
// A run that failed is never told as one without a failure, whatever Jest had counted when it ended.
const failed = Math.max(counts.failed, jest.status === 0 ? 0 : 1) + failedChecks.length;
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
writeFileSync(COUNTS, `${counts.passed} passed, ${failed} failed${skipped}\n`);
if (jest.said !== '') process.stderr.write(`\nJest did not come to its end: ${jest.said.trim()}\n`);
for (const { name } of failedChecks) process.stderr.write(`\n${name} failed: see above\n`);
process.exitCode = failed === 0 ? 0 : 1;
