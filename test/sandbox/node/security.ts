/** A container's securityContext as the runtime applies it. Source: kubelet/kuberuntime/security_context.go, containerd's defaults. */
import type { KubeObject } from '../contract.ts';
import type { Image } from './images.ts';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Lower case without `cap_`; `all` for a privileged container. */
  readonly capabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly readOnlyRoot: boolean;
}

const DEFAULT_CAPABILITIES = [
  'chown',
  'dac_override',
  'fsetid',
  'fowner',
  'mknod',
  'net_raw',
  'setgid',
  'setuid',
  'setfcap',
  'setpcap',
  'net_bind_service',
  'sys_chroot',
  'kill',
  'audit_write',
];

// biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
type Loose = any;

const capabilitiesOf = (context: Loose): readonly string[] => {
  if (context.privileged === true) return ['all'];
  const named = (list: Loose): string[] =>
    (list ?? []).map((name: string) => name.toLowerCase().replace(/^cap_/, ''));
  const dropped = named(context.capabilities?.drop);
  const kept = dropped.includes('all') ? [] : DEFAULT_CAPABILITIES.filter((name) => !dropped.includes(name));
  return [...new Set([...kept, ...named(context.capabilities?.add)])];
};

/** Who the container runs as; a string is the message of CreateContainerConfigError. */
export const identityOf = (pod: KubeObject, container: Loose, image: Image): Identity | string => {
  const context = { ...pod.spec.securityContext, ...container.securityContext };
  const { namespace, name, uid: podUid } = pod.metadata;
  const where = `(pod: "${name}_${namespace}(${podUid})", container: ${container.name})`;
  const numeric = /^\d+$/.test(image.user);
  if (context.runAsNonRoot === true) {
    if (context.runAsUser === 0) return `container's runAsUser breaks non-root policy ${where}`;
    if (context.runAsUser === undefined && image.user !== '' && !numeric) {
      return `container has runAsNonRoot and image has non-numeric user (${image.user}), cannot verify user is non-root ${where}`;
    }
    if (context.runAsUser === undefined && Number(image.user || 0) === 0) {
      return `container has runAsNonRoot and image will run as root ${where}`;
    }
  }
  const uid: number = context.runAsUser ?? (numeric ? Number(image.user) : 0);
  const gid: number = context.runAsGroup ?? 0;
  const extra: number[] = [
    ...(context.supplementalGroups ?? []),
    ...(context.fsGroup === undefined ? [] : [context.fsGroup]),
  ];
  return {
    uid,
    gid,
    groups: [...new Set([gid, ...extra])],
    capabilities: capabilitiesOf(context),
    noNewPrivileges: context.allowPrivilegeEscalation === false,
    readOnlyRoot: context.readOnlyRootFilesystem === true,
  };
};

/** Arguments that turn the node's root into this identity; the command follows. */
export const becomeArgv = (identity: Identity, nodeIsRoot: boolean): readonly string[] => {
  const all = identity.capabilities.includes('all');
  const bounding = all
    ? []
    : ['--bounding-set', ['-all', ...identity.capabilities.map((name) => `+${name}`)].join(',')];
  const noNewPrivileges = identity.noNewPrivileges ? ['--no-new-privs'] : [];
  if (nodeIsRoot) {
    const ids = ['--reuid', String(identity.uid), '--regid', String(identity.gid)];
    const groups = ['--groups', identity.groups.join(',')];
    return ['setpriv', ...ids, ...groups, '--inh-caps', '-all', ...bounding, ...noNewPrivileges, '--'];
  }
  if (identity.uid === 0) return ['setpriv', '--inh-caps', '-all', ...bounding, ...noNewPrivileges, '--'];
  // The node is itself in a user namespace with one user. Another uid is that same user under another number: it shows the
  // right ids and has no capability over the network, but to the kernel it is no other owner of files or sockets,
  // supplementary groups cannot be set, and the bounding set is empty whatever the container may keep.
  return [
    'unshare',
    '--user',
    `--map-user=${identity.uid}`,
    `--map-group=${identity.gid}`,
    '--keep-caps',
    'setpriv',
    '--inh-caps',
    '-all',
    '--ambient-caps',
    '-all',
    '--bounding-set',
    '-all',
    ...noNewPrivileges,
    '--',
  ];
};
