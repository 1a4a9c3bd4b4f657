/**
 * The real kubectl, when the machine has none: Debian's own package of a newer release, unpacked into .cache/ and linked
 * into node_modules/.bin, so that only npm scripts see it. Nothing fails without: what needs kubectl says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT, say } from './say.js';
import { findIn } from './system-tools.js';

const CACHE = join(ROOT, '.cache/kubectl');
const BINARY = join(CACHE, 'usr/bin/kubectl');
const LINK = join(ROOT, 'node_modules/.bin/kubectl');
const FAILED = join(CACHE, 'not-available');
const DAY_MS = 24 * 60 * 60 * 1000;

/** Aliases, so that no release's name grows old in here. The first that has the package wins. */
const SUITES = ['stable', 'testing'];
const KEYRINGS = [
  '/usr/share/keyrings/debian-archive-keyring.gpg',
  '/usr/share/keyrings/debian-archive-keyring.pgp',
];

const run = (command, args, options = {}) => {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 180_000,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (done.status === 0) return done.stdout;
  const said = `${done.stderr ?? ''}`.trim().split('\n').at(-1);
  throw new Error(said || done.error?.message || `${command} ended with ${done.status ?? done.signal}`);
};

/** Where this machine gets Debian itself from: the address is the machine's, never ours. */
const mirrors = () => {
  const lines = run('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']).split(
    '\n',
  );
  return [...new Set(lines)].filter((uri) => /\/debian\/?$/.test(uri));
};

/** An apt of our own: its lists, its packages, its sources; the machine's stays as it is. */
const privateApt = (folder, mirror, suite) => {
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'parts'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'state/status'), '');
  const keyring = KEYRINGS.find((path) => existsSync(path));
  const signed = keyring === undefined ? '' : `[signed-by=${keyring}] `;
  writeFileSync(join(folder, 'parts/debian.list'), `deb ${signed}${mirror} ${suite} main\n`);
  const config = join(folder, 'apt.conf');
  const settings = [
    `Dir::State "${folder}/state";`,
    `Dir::State::status "${folder}/state/status";`,
    `Dir::Cache "${folder}/cache";`,
    'Dir::Etc::SourceList "/dev/null";',
    `Dir::Etc::SourceParts "${folder}/parts";`,
    'Acquire::Languages "none";',
    'Acquire::Retries "1";',
    'Acquire::http::Timeout "20";',
    'Acquire::https::Timeout "20";',
    ...(process.getuid() === 0 ? ['APT::Sandbox::User "root";'] : []),
  ];
  writeFileSync(config, `${settings.join('\n')}\n`);
  return { cwd: folder, env: { ...process.env, APT_CONFIG: config, LC_ALL: 'C' } };
};

const download = (mirror, suite) => {
  const folder = join(CACHE, 'apt');
  rmSync(folder, { recursive: true, force: true });
  try {
    const apt = privateApt(folder, mirror, suite);
    run('apt-get', ['-qq', 'update'], apt);
    run('apt-get', ['-qq', 'download', 'kubectl'], apt);
    const file = readdirSync(folder).find((name) => name.endsWith('.deb'));
    if (file === undefined) throw new Error(`no kubectl package in ${suite}`);
    run('dpkg-deb', ['-x', join(folder, file), CACHE]);
    // A newer release's program may ask for a newer C library than is here.
    run(BINARY, ['version', '--client']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const fetchKubectl = () => {
  if (findIn(['/usr/bin'], 'apt-get') === undefined || findIn(['/usr/bin'], 'dpkg-deb') === undefined)
    return 'this is no Debian';
  let reason = 'no Debian mirror among the apt sources';
  for (const mirror of mirrors())
    for (const suite of SUITES)
      try {
        download(mirror, suite);
        return undefined;
      } catch (error) {
        reason = error.message;
        rmSync(join(CACHE, 'usr'), { recursive: true, force: true });
      }
  return reason;
};

const without = (reason) => say(`no kubectl on PATH, going on without it (${reason})`);

/** Never throws: kubectl is a help, not a need. */
export const prepareKubectl = () => {
  const folders = [join(ROOT, 'node_modules/.bin'), ...(process.env.PATH ?? '').split(delimiter)];
  if (findIn(folders, 'kubectl') !== undefined) return;
  try {
    mkdirSync(CACHE, { recursive: true });
    if (!existsSync(BINARY)) {
      const age = Date.now() - (statSync(FAILED, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age < DAY_MS) return without(`not to be had; delete ${FAILED} to try again before tomorrow`);
      say('fetching kubectl for private use, as there is none on PATH');
      const reason = fetchKubectl();
      if (reason !== undefined) {
        writeFileSync(FAILED, `${reason}\n`);
        return without(reason);
      }
    }
    rmSync(LINK, { force: true });
    symlinkSync(BINARY, LINK);
  } catch (error) {
    without(error.message);
  }
};
