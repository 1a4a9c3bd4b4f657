/** The npm packages, and with them the Node.js that npm scripts run on (node_modules/.bin is first on their PATH). */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetupError, say } from './say.js';

const MINIMUM = [22, 19];
const atLeast = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
};

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Version of the runtime package behind node_modules/.bin/node; undefined when it is not there. */
const bundledRuntime = () => {
  try {
    const binary = realpathSync(join(ROOT, 'node_modules/.bin/node'));
    return JSON.parse(readFileSync(join(binary, '../../package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
};

const runtimeProblem = () => {
  const bundled = bundledRuntime();
  // Where there is no runtime package (musl, a BSD), a Node.js of the machine's own will do, if it is new enough.
  if (atLeast(bundled ?? process.versions.node)) return undefined;
  return bundled === undefined ? 'its Node.js runtime is not installed' : `its Node.js runtime is ${bundled}`;
};

/** Why `npm ci` has to run; undefined when what is installed is what package-lock.json says. */
export const installReason = () => {
  // npm writes this file last, so an install that was cut short does not have it.
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  if (installed === undefined) return 'none are installed';
  const locked = readJson('package-lock.json')?.packages;
  if (locked === undefined) throw new SetupError('package-lock.json cannot be read.');
  for (const [path, want] of Object.entries(locked)) {
    if (!path.startsWith('node_modules/')) continue;
    const have = installed[path];
    if (
      have === undefined ? !want.optional : have.version !== want.version || have.integrity !== want.integrity
    )
      return `${path.slice(path.lastIndexOf('node_modules/') + 13)} is not the locked one`;
    if (have !== undefined && !existsSync(join(ROOT, path))) return `${path} is gone`;
  }
  const extra = Object.keys(installed).find((path) => path.startsWith('node_modules/') && !(path in locked));
  return extra === undefined ? runtimeProblem() : `${extra.slice(13)} is not in package-lock.json`;
};

/** npm as it was started, on the machine's own node: node_modules/.bin/node is about to be replaced. */
const npmCommand = () => {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('.js') && node !== undefined && existsSync(node)) return [node, npm];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
};

export const prepareNodeModules = () => {
  const reason = installReason();
  if (reason === undefined) return;
  say(`installing the npm packages with npm ci (${reason})`);
  const [command, ...first] = npmCommand();
  // Whatever NODE_ENV or npm's settings leave out by default is needed here.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(command, [...first, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0)
    throw new SetupError(
      [
        `npm ci failed: ${done.error?.message ?? `exit status ${done.status ?? done.signal}`}`,
        done.stdout,
        done.stderr,
      ]
        .filter((part) => part?.trim())
        .join('\n'),
    );
  const problem = runtimeProblem();
  if (problem !== undefined)
    throw new SetupError(
      `After npm ci, ${problem}, and the machine's own is ${process.versions.node}. ` +
        `Install Node.js ${MINIMUM.join('.')} or newer, or let npm install optional packages.`,
    );
};
