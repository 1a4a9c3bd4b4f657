/** The checks of the Pod Security Standards, with the messages that the API server gives. Source: k8s.io/pod-security-admission/policy. */
import type { Loose } from '../json.ts';

/** What a check found; undefined when the pod passes. */
type Check = (pod: PodView) => { readonly reason: string; readonly detail: string } | undefined;

export interface PodView {
  readonly spec: Loose;
  readonly annotations: Readonly<Record<string, string>>;
  /** Init, ordinary and ephemeral ones, in this order: also those added long ago are judged. */
  readonly containers: readonly Loose[];
}

const quote = (values: Iterable<string>): string =>
  [...new Set(values)].map((value) => `"${value}"`).join(', ');
const containersText = (list: readonly Loose[]): string =>
  `${list.length === 1 ? 'container' : 'containers'} ${quote(list.map((one) => one.name))}`;
const offending = (view: PodView, test: (context: Loose, container: Loose) => boolean): readonly Loose[] =>
  view.containers.filter((container) => test(container.securityContext ?? {}, container));
const found = (reason: string, ...details: readonly (string | undefined)[]) => {
  const said = details.filter((detail) => detail !== undefined);
  return said.length === 0 ? undefined : { reason, detail: said.join('; ') };
};
const when = (list: readonly Loose[], text: (shown: string) => string): string | undefined =>
  list.length === 0 ? undefined : text(containersText(list));
const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

const BASELINE_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const SAFE_SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];
const RESTRICTED_VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const addedOutside = (allowed: readonly string[]) => (context: Loose) =>
  (context.capabilities?.add ?? []).some((one: string) => !allowed.includes(one));
const addedText = (list: readonly Loose[], allowed: readonly string[]) =>
  when(list, (shown) => {
    const added = list.flatMap((one): string[] => one.securityContext.capabilities.add);
    const bad = sorted(added.filter((one) => !allowed.includes(one)));
    return `${shown} must not include ${quote(bad)} in securityContext.capabilities.add`;
  });

const capabilitiesBaseline: Check = (view) =>
  found(
    'non-default capabilities',
    addedText(offending(view, addedOutside(BASELINE_CAPABILITIES)), BASELINE_CAPABILITIES),
  );

const hostNamespaces: Check = ({ spec }) => {
  const set = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true);
  return set.length === 0
    ? undefined
    : { reason: 'host namespaces', detail: set.map((field) => `${field}=true`).join(', ') };
};

const hostPathVolumes: Check = ({ spec }) => {
  const names = (spec.volumes ?? []).flatMap((one: Loose) => (one.hostPath === undefined ? [] : [one.name]));
  const word = names.length === 1 ? 'volume' : 'volumes';
  return names.length === 0 ? undefined : { reason: 'hostPath volumes', detail: `${word} ${quote(names)}` };
};

const hostPorts: Check = (view) => {
  const portsOf = (one: Loose): string[] =>
    (one.ports ?? []).flatMap((port: Loose) => port.hostPort || []).map(String);
  const bad = view.containers.filter((one) => portsOf(one).length > 0);
  const ports = sorted(bad.flatMap(portsOf));
  const word = ports.length === 1 ? 'hostPort' : 'hostPorts';
  const verb = bad.length === 1 ? 'uses' : 'use';
  return found(
    'hostPort',
    when(bad, (shown) => `${shown} ${verb} ${word} ${ports.join(', ')}`),
  );
};

const privileged: Check = (view) =>
  found(
    'privileged',
    when(
      offending(view, (context) => context.privileged === true),
      (shown) => `${shown} must not set securityContext.privileged=true`,
    ),
  );

const procMount: Check = (view) =>
  found(
    'procMount',
    when(
      offending(view, ({ procMount: mount }) => mount !== undefined && mount !== 'Default'),
      (shown) => `${shown} must not set securityContext.procMount to "Unmasked"`,
    ),
  );

const isUnconfined = (context: Loose): boolean => context?.seccompProfile?.type === 'Unconfined';
const seccompBaseline: Check = (view) =>
  found(
    'seccompProfile',
    isUnconfined(view.spec.securityContext)
      ? 'pod must not set securityContext.seccompProfile.type to "Unconfined"'
      : undefined,
    when(
      offending(view, isUnconfined),
      (shown) => `${shown} must not set securityContext.seccompProfile.type to "Unconfined"`,
    ),
  );

const sysctls: Check = ({ spec }) => {
  const names = (spec.securityContext?.sysctls ?? []).map((one: Loose) => one.name);
  const bad = names.filter((name: string) => !SAFE_SYSCTLS.includes(name));
  return bad.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: bad.join(', ') };
};

const privilegeEscalation: Check = (view) =>
  found(
    'allowPrivilegeEscalation != false',
    when(
      offending(view, (context) => context.allowPrivilegeEscalation !== false),
      (shown) => `${shown} must set securityContext.allowPrivilegeEscalation=false`,
    ),
  );

const capabilitiesRestricted: Check = (view) => {
  const allowed = ['NET_BIND_SERVICE'];
  const keeps = offending(view, (context) => !(context.capabilities?.drop ?? []).includes('ALL'));
  return found(
    'unrestricted capabilities',
    when(keeps, (shown) => `${shown} must set securityContext.capabilities.drop=["ALL"]`),
    addedText(offending(view, addedOutside(allowed)), allowed),
  );
};

const restrictedVolumes: Check = ({ spec }) => {
  const typeOf = (volume: Loose): string => Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
  const bad = (spec.volumes ?? []).filter((volume: Loose) => !RESTRICTED_VOLUMES.includes(typeOf(volume)));
  if (bad.length === 0) return undefined;
  const names = quote(bad.map((volume: Loose) => volume.name));
  const types = sorted(bad.map(typeOf));
  const detail =
    bad.length === 1
      ? `volume ${names} uses restricted volume type ${quote(types)}`
      : `volumes ${names} use restricted volume ${types.length === 1 ? 'type' : 'types'} ${quote(types)}`;
  return { reason: 'restricted volume types', detail };
};

const runAsNonRoot: Check = (view) => {
  const podSetting = view.spec.securityContext?.runAsNonRoot;
  const refusing = offending(view, (context) => context.runAsNonRoot === false);
  const unset = offending(view, (context) => context.runAsNonRoot === undefined);
  const explicit = found(
    'runAsNonRoot != true',
    podSetting === false ? 'pod must not set securityContext.runAsNonRoot=false' : undefined,
    when(refusing, (shown) => `${shown} must not set securityContext.runAsNonRoot=false`),
  );
  if (explicit !== undefined || podSetting === true) return explicit;
  return found(
    'runAsNonRoot != true',
    when(unset, (shown) => `pod or ${shown} must set securityContext.runAsNonRoot=true`),
  );
};

const runAsUser: Check = (view) =>
  found(
    'runAsUser=0',
    view.spec.securityContext?.runAsUser === 0 ? 'pod must not set runAsUser=0' : undefined,
    when(
      offending(view, (context) => context.runAsUser === 0),
      (shown) => `${shown} must not set runAsUser=0`,
    ),
  );

const seccompRestricted: Check = (view) => {
  const unconfined = seccompBaseline(view);
  if (unconfined !== undefined || view.spec.securityContext?.seccompProfile !== undefined) return unconfined;
  return found(
    'seccompProfile',
    when(
      offending(view, (context) => context.seccompProfile === undefined),
      (shown) =>
        `pod or ${shown} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    ),
  );
};

/** In the order of the message: by check id, baseline before restricted; a restricted check stands in for its baseline one. */
export const BASELINE: readonly Check[] = [
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seccompBaseline,
  sysctls,
];
export const RESTRICTED: readonly Check[] = [
  hostNamespaces,
  hostPorts,
  privileged,
  procMount,
  sysctls,
  privilegeEscalation,
  capabilitiesRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];
