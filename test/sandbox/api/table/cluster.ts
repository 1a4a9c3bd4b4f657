/** The columns of nodes, namespaces, Events and plain objects. Source: pkg/printers/internalversion/printers.go. */
import type { Loose } from '../json.ts';
import { ageOf } from './age.ts';
import { type Column, column, orNone, wide } from './columns.ts';

const name: Column = { name: 'Name', cell: (object) => object.metadata.name, format: 'name' };
const age = column('Age', (object) => ageOf(object.metadata.creationTimestamp));
const size = (title: string) =>
  column(title, ({ data, binaryData }) => Object.keys({ ...data, ...binaryData }).length);

export const defaultColumns: readonly Column[] = [name, age];

const nodeStatus = ({ spec, status }: Loose): string => {
  const ready = (status?.conditions ?? []).find((one: Loose) => one.type === 'Ready')?.status;
  const words = [ready === 'True' ? 'Ready' : ready === 'False' ? 'NotReady' : 'Unknown'];
  if (spec?.unschedulable) words.push('SchedulingDisabled');
  return words.join(',');
};
const ROLE = 'node-role.kubernetes.io/';
const nodeRoles = ({ metadata }: Loose): string =>
  orNone(
    Object.keys(metadata.labels ?? {})
      .filter((key) => key.startsWith(ROLE))
      .map((key) => key.slice(ROLE.length))
      .sort()
      .join(','),
  );
const address =
  (type: string) =>
  ({ status }: Loose) =>
    orNone((status?.addresses ?? []).find((one: Loose) => one.type === type)?.address);
const info =
  (field: string) =>
  ({ status }: Loose) =>
    status?.nodeInfo?.[field] ?? '<unknown>';

export const nodeColumns: readonly Column[] = [
  name,
  column('Status', nodeStatus),
  column('Roles', nodeRoles),
  age,
  column('Version', info('kubeletVersion')),
  wide('Internal-IP', address('InternalIP')),
  wide('External-IP', address('ExternalIP')),
  wide('OS-Image', info('osImage')),
  wide('Kernel-Version', info('kernelVersion')),
  wide('Container-Runtime', info('containerRuntimeVersion')),
];

export const namespaceColumns: readonly Column[] = [
  name,
  column('Status', ({ status }) => status?.phase ?? ''),
  age,
];

const lastSeen = (event: Loose): string =>
  ageOf(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp);
const firstSeen = (event: Loose): string => ageOf(event.firstTimestamp ?? event.eventTime);
const eventObject = ({ involvedObject }: Loose): string =>
  [involvedObject?.kind?.toLowerCase() ?? '', involvedObject?.name ?? ''].filter(Boolean).join('/');
const eventSource = ({ source, reportingComponent }: Loose): string =>
  [source?.component || reportingComponent, source?.host].filter(Boolean).join(', ');

export const eventColumns: readonly Column[] = [
  column('Last Seen', lastSeen),
  column('Type', ({ type }) => type ?? ''),
  column('Reason', ({ reason }) => reason ?? ''),
  column('Object', eventObject),
  wide('Subobject', ({ involvedObject }) => involvedObject?.fieldPath ?? ''),
  wide('Source', eventSource),
  column('Message', ({ message }) => (message ?? '').trim()),
  wide('First Seen', firstSeen),
  wide('Count', ({ count, series }) => series?.count ?? count ?? 1),
  { ...name, wide: true },
];

export const configMapColumns: readonly Column[] = [name, size('Data'), age];
export const secretColumns: readonly Column[] = [name, column('Type', ({ type }) => type), size('Data'), age];
export const serviceAccountColumns: readonly Column[] = [
  name,
  column('Secrets', ({ secrets }) => secrets?.length ?? 0),
  age,
];

const subjects = (kind: string) => (binding: Loose) =>
  (binding.subjects ?? [])
    .filter((one: Loose) => one.kind === kind)
    .map((one: Loose) => (one.namespace ? `${one.namespace}/${one.name}` : one.name))
    .join(', ');

export const bindingColumns: readonly Column[] = [
  name,
  column('Role', ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`),
  age,
  wide('Users', subjects('User')),
  wide('Groups', subjects('Group')),
  wide('ServiceAccounts', subjects('ServiceAccount')),
];
export const roleColumns: readonly Column[] = [
  name,
  column('Created At', ({ metadata }) => metadata.creationTimestamp),
];
export const leaseColumns: readonly Column[] = [
  name,
  column('Holder', ({ spec }) => spec?.holderIdentity ?? ''),
  age,
];
