/** The system tools that the probes and the embedded cluster run: the real ones, as in the debug image. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupError, say } from './say.js';

/** Where the embedded cluster looks, whatever PATH says: administration tools live in sbin. */
const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * commands; the package that brings them on Debian/Ubuntu, Fedora, Alpine; and, where several programs go by
 * that name, what the right one says about itself.
 */
const TOOLS = [
  { commands: ['curl'], apt: 'curl', dnf: 'curl', apk: 'curl' },
  {
    commands: ['nc'],
    apt: 'netcat-openbsd',
    dnf: 'netcat',
    apk: 'netcat-openbsd',
    says: [['-h'], /OpenBSD netcat/],
  },
  { commands: ['nslookup', 'dig'], apt: 'bind9-dnsutils', dnf: 'bind-utils', apk: 'bind-tools' },
  { commands: ['ping'], apt: 'iputils-ping', dnf: 'iputils', apk: 'iputils', says: [['-V'], /iputils/] },
  { commands: ['ip', 'ss', 'tc'], apt: 'iproute2', dnf: 'iproute iproute-tc', apk: 'iproute2' },
  { commands: ['nft'], apt: 'nftables', dnf: 'nftables', apk: 'nftables' },
  {
    commands: ['unshare', 'nsenter', 'setpriv'],
    apt: 'util-linux',
    dnf: 'util-linux',
    apk: 'util-linux setpriv',
  },
  { commands: ['mount', 'umount'], apt: 'mount', dnf: 'util-linux', apk: 'util-linux' },
  { commands: ['bash'], apt: 'bash', dnf: 'bash', apk: 'bash' },
  // netshoot has it; without it, nobody tells that a UDP port is refused.
  { commands: ['socat'], apt: 'socat', dnf: 'socat', apk: 'socat' },
  { commands: ['busybox'], apt: 'busybox-static', dnf: 'busybox', apk: 'busybox' },
];

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const findIn = (folders, command) =>
  folders.map((folder) => join(folder, command)).find((path) => executable(path));

/** Why a command cannot be used: `nc`, or `nc (/usr/local/bin/nc is another program)`; undefined when it can. */
const problem = (command, says) => {
  const path = findIn(FOLDERS, command);
  if (path === undefined) return command;
  const other = `${command} (${path} is another program)`;
  // busybox has a smaller tool of many of these names, with other flags and other output.
  if (command !== 'busybox' && basename(realpathSync(path)).startsWith('busybox')) return other;
  if (says === undefined) return undefined;
  const [args, text] = says;
  const { stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return text.test(`${stdout}${stderr}`) ? undefined : other;
};

/** The tools that lack something, each with its problems. */
const missingTools = () =>
  TOOLS.map((tool) => ({
    ...tool,
    problems: tool.commands.map((name) => problem(name, tool.says)).filter((text) => text !== undefined),
  })).filter(({ problems }) => problems.length > 0);

const packages = (tools, manager) =>
  [...new Set(tools.flatMap((tool) => tool[manager].split(' ')))].join(' ');

const isDebian = () => existsSync('/etc/debian_version') && executable('/usr/bin/apt-get');

const MANAGERS = [
  ['apt', 'apt-get install -y --no-install-recommends'],
  ['dnf', 'dnf install -y'],
  ['apk', 'apk add'],
];

/** The one command for the machine's package manager where that is known, else a list for all. */
const howToInstall = (tools) => {
  const id = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const here = isDebian()
    ? 'apt'
    : /^ID(_LIKE)?=.*\b(fedora|rhel)\b/m.test(id)
      ? 'dnf'
      : /^ID=.*alpine/m.test(id)
        ? 'apk'
        : '';
  const known = MANAGERS.filter(([manager]) => manager === here);
  const become = process.getuid?.() === 0 ? '' : 'sudo ';
  return (known.length > 0 ? known : MANAGERS).map(
    ([manager, command]) => `  ${become}${command} ${packages(tools, manager)}`,
  );
};

const aptGet = (...args) =>
  spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=180', '-o', 'Dpkg::Use-Pty=0', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });

const told = (done) => `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();

const aptInstall = (tools) => {
  const names = packages(tools, 'apt');
  say(`installing ${names} with apt-get`);
  // A source that cannot be reached fails the update, though what is needed may come from another.
  const update = aptGet('update');
  const install = aptGet('install', '-y', '--no-install-recommends', ...names.split(' '));
  if (install.status !== 0)
    throw new SetupError(
      [
        `apt-get could not install ${names}:`,
        update.status === 0 ? '' : told(update),
        told(install),
        'When that is mended, run this again, or install them by hand:',
        ...howToInstall(tools),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    );
};

export const prepareSystemTools = () => {
  let missing = missingTools();
  if (missing.length > 0 && isDebian() && process.getuid() === 0) {
    aptInstall(missing);
    missing = missingTools();
  }
  if (missing.length === 0) return;
  throw new SetupError(
    [
      `Missing: ${missing.flatMap(({ problems }) => problems).join(', ')}.`,
      'The embedded cluster and the probes need curl, OpenBSD nc, BIND nslookup and dig, iputils ping, iproute2,',
      'nftables, util-linux, socat and busybox. Install what is missing, then run this again:',
      ...howToInstall(missing),
    ].join('\n'),
  );
};
