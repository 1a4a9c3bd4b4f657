/** Whether this machine lets the embedded cluster make what it is built from. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SetupError } from './say.js';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a node and a pod are made of, in a namespace that is gone when the command ends. */
const TRY = [
  'mount -t tmpfs none /mnt',
  'ip link add name b0 type bridge',
  'ip link add name v0 type veth peer name v1',
  'nft add table ip t',
].join(' && ');

const sysctl = (name) => {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** The settings that are known to forbid it, read from this machine. */
const remedies = (root) => {
  if (root)
    return [
      'As root this usually means a container without CAP_SYS_ADMIN and CAP_NET_ADMIN: start it with --privileged.',
    ];
  const found = [];
  if (sysctl('kernel.apparmor_restrict_unprivileged_userns') === '1')
    found.push('  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0    (Ubuntu 23.10 and newer)');
  if (sysctl('kernel.unprivileged_userns_clone') === '0')
    found.push('  sudo sysctl -w kernel.unprivileged_userns_clone=1');
  if (sysctl('user.max_user_namespaces') === '0')
    found.push('  sudo sysctl -w user.max_user_namespaces=15000');
  return found.length > 0
    ? ['This machine forbids it to ordinary users. Allow it until the next boot, or run as root:', ...found]
    : ['Run as root, or where unprivileged user namespaces are allowed (in a container: --privileged).'];
};

export const prepareNamespaces = () => {
  const root = process.getuid() === 0;
  const flags = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const done = spawnSync(
    'unshare',
    [...(root ? [] : ['--user', '--map-root-user']), ...flags, 'sh', '-c', TRY],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH, LC_ALL: 'C' },
      timeout: 30_000,
    },
  );
  if (done.status === 0) return;
  const why = done.stderr?.trim() || done.error?.message || `exit status ${done.status ?? done.signal}`;
  throw new SetupError(
    [
      `The embedded cluster is made of network namespaces, and they cannot be made here: ${why}`,
      ...remedies(root),
    ].join('\n'),
  );
};
