/**
 * A small network of our own for recordings: a pod and a world, joined by one link, with no way to anywhere else.
 * Addresses are from the ranges set aside for documentation, so that a mistake cannot reach anybody.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORLD_PATHS } from './paths.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Where the servers leave the certificates that a pod may be told to trust; of this process, as others may record as well. */
export const TRUSTED = `/tmp/netcheck-record-${process.pid}.pem`;

export interface PodOptions {
  readonly resolvConf?: string;
  /** As uid 65532, with no capability to be had. */
  readonly asNobody?: boolean;
  /** The servers' own certificates are trusted. */
  readonly trust?: boolean;
  readonly limitSeconds: number;
}

export interface World {
  /** Runs a command in the pod: with its network and its resolv.conf, under its time limit, as the runner does. */
  readonly inPod: (argv: readonly string[], options: PodOptions) => Promise<Ran>;
  /** Runs a shell script, which must work, in the network of the pod or of the world. */
  readonly shell: (where: 'pod' | 'world', script: string) => Promise<void>;
  readonly start: (argv: readonly string[]) => ChildProcess;
  readonly stop: () => void;
}

export const run = (argv: readonly string[], limitSeconds = 30): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const [file = '', ...rest] = argv;
    const started = performance.now();
    const child = spawn(file, rest, {
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: '/nonexistent' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitSeconds * 1000,
      killSignal: 'SIGKILL',
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text.stdout += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      text.stderr += piece;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ ...text, exitCode: code ?? 137, ms: Math.round(performance.now() - started) }),
    );
  });

const holder = async (): Promise<ChildProcess> => {
  const child = spawn('unshare', ['--net', '--mount', '--propagation', 'private', 'sleep', 'infinity'], {
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  // The namespaces exist when unshare has become sleep.
  for (let tries = 0; tries < 200; tries += 1) {
    const seen = await run(['readlink', `/proc/${child.pid}/exe`]);
    if (seen.stdout.includes('sleep') || seen.stdout.includes('coreutils')) return child;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no network namespace could be made; recording needs root');
};

const WORLD_SCRIPT = `
sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0 net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip link set lo up
ip address add 10.77.0.1/24 dev up0; ip address add 2001:db8:77::1/64 dev up0 nodad; ip link set up0 up
for host in 10 $(seq 53 70); do ip address add 203.0.113.$host/32 dev lo; done
ip address add 2001:db8:5::10/128 dev lo; ip address add 2001:db8:5::53/128 dev lo
ip route add blackhole 198.51.100.0/24
ip address add 198.51.107.1/32 dev lo
ip route add unreachable 198.51.101.0/24
ip route add prohibit 198.51.102.0/24
ip -6 route add unreachable 2001:db8:101::/64
ip -6 route add prohibit 2001:db8:102::/64
nft -f - <<'NFT'
table inet faults {
  chain forward {
    type filter hook prerouting priority -200;
    ip daddr 198.51.103.0/24 reject with icmp net-unreachable
    ip daddr 198.51.104.0/24 reject with icmp host-prohibited
    ip daddr 198.51.105.0/24 reject with icmp port-unreachable
    ip daddr 198.51.107.1 meta l4proto icmp icmp sequence 1 drop
    ip daddr 198.51.106.0/24 meta l4proto tcp reject with tcp reset
  }
}
NFT
`;

const POD_SCRIPT = `
ip link set lo up
ip address add 10.77.0.2/24 dev eth0; ip address add 2001:db8:77::2/64 dev eth0 nodad; ip link set eth0 up
ip route add default via 10.77.0.1; ip -6 route add default via 2001:db8:77::1
# As if there were no default route, for this range alone.
ip route add throw 192.0.2.0/24
sysctl -qw net.ipv4.ping_group_range='0 2147483647'
`;

const AS_NOBODY = [
  'setpriv',
  '--reuid=65532',
  '--regid=65532',
  '--clear-groups',
  '--bounding-set=-all',
  '--no-new-privs',
];

/** Makes the network. `root`: a directory with another distribution's tools, entered by chroot. */
export const makeWorld = async (root: string | undefined): Promise<World> => {
  const scratch = mkdtempSync(join(tmpdir(), 'netcheck-record-'));
  const resolvConfFile = join(scratch, 'resolv.conf');
  writeFileSync(resolvConfFile, '');
  // A copy has no file capabilities, as in most images: with them nobody could start it at all.
  copyFileSync('/usr/bin/ping', join(scratch, 'ping'));
  chmodSync(scratch, 0o755);
  const started: ChildProcess[] = [];
  const [pod, world] = await Promise.all([holder(), holder()]);
  const enter = (of: ChildProcess): string[] => ['nsenter', '-t', String(of.pid), '--net', '--mount'];
  const shell = async (where: 'pod' | 'world', script: string): Promise<void> => {
    const ran = await run([...enter(where === 'pod' ? pod : world), 'sh', '-ec', script]);
    if (ran.exitCode !== 0) throw new Error(`${where}: ${ran.stderr}${ran.stdout}`);
  };
  const linked = await run([
    'sh',
    '-ec',
    `nsenter -t ${pod.pid} --net ip link add eth0 type veth peer name up0 netns ${world.pid}`,
  ]);
  if (linked.exitCode !== 0) throw new Error(linked.stderr);
  await shell('world', WORLD_SCRIPT);
  await shell('world', WORLD_PATHS);
  await shell('pod', POD_SCRIPT);
  const target = `${root ?? ''}/etc/resolv.conf`;
  await shell('pod', `[ -e ${target} ] || : > ${target}; mount --bind ${resolvConfFile} ${target}`);
  if (root !== undefined) await shell('pod', `mount --bind /proc ${root}/proc`);
  return {
    shell,
    inPod: (argv, { resolvConf, asNobody, trust, limitSeconds }) => {
      writeFileSync(resolvConfFile, resolvConf ?? 'nameserver 203.0.113.53\n');
      if (root !== undefined) copyFileSync(TRUSTED, `${root}${TRUSTED}`);
      return run([
        ...enter(pod),
        'timeout',
        '-k',
        '1',
        String(limitSeconds),
        ...(trust === true ? ['env', `SSL_CERT_FILE=${TRUSTED}`] : []),
        ...(root === undefined
          ? asNobody === true
            ? [...AS_NOBODY, 'env', `PATH=${scratch}:${process.env.PATH ?? ''}`]
            : []
          : ['chroot', ...(asNobody === true ? ['--userspec=65532:65532'] : []), root]),
        ...argv,
      ]);
    },
    start: (argv) => {
      const child = spawn('nsenter', ['-t', String(world.pid), '--net', ...argv], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      started.push(child);
      return child;
    },
    stop: () => {
      for (const child of started) child.kill('SIGKILL');
      pod.kill('SIGKILL');
      world.kill('SIGKILL');
      rmSync(scratch, { recursive: true, force: true });
      rmSync(TRUSTED, { force: true });
      if (root !== undefined) rmSync(`${root}${TRUSTED}`, { force: true });
    },
  };
};
