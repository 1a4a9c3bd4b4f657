/** The columns of workloads. Source: pkg/printers/internalversion/printers.go. */
import type { Loose } from '../json.ts';
import { ageOf, humanDuration } from './age.ts';
import { type Column, column, labelsText, selectorText, wide } from './columns.ts';

const name: Column = { name: 'Name', cell: (object) => object.metadata.name, format: 'name' };
const age = column('Age', (object) => ageOf(object.metadata.creationTimestamp));
const count = (title: string, field: string) => column(title, ({ status }) => status?.[field] ?? 0);
const containersOf = (template: Loose): readonly Loose[] => template?.spec?.containers ?? [];
const template = (object: Loose): Loose => object.spec.jobTemplate?.spec?.template ?? object.spec.template;
const containers: readonly Column[] = [
  wide('Containers', (object) =>
    containersOf(template(object))
      .map((one) => one.name)
      .join(','),
  ),
  wide('Images', (object) =>
    containersOf(template(object))
      .map((one) => one.image)
      .join(','),
  ),
];
const selector = wide('Selector', ({ spec }) => selectorText(spec.selector));

export const deploymentColumns: readonly Column[] = [
  name,
  column('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  count('Up-to-date', 'updatedReplicas'),
  count('Available', 'availableReplicas'),
  age,
  ...containers,
  selector,
];

export const replicaSetColumns: readonly Column[] = [
  name,
  column('Desired', ({ spec }) => spec.replicas ?? 0),
  count('Current', 'replicas'),
  count('Ready', 'readyReplicas'),
  age,
  ...containers,
  selector,
];

export const statefulSetColumns: readonly Column[] = [
  name,
  column('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  age,
  ...containers,
];

export const daemonSetColumns: readonly Column[] = [
  name,
  count('Desired', 'desiredNumberScheduled'),
  count('Current', 'currentNumberScheduled'),
  count('Ready', 'numberReady'),
  count('Up-to-date', 'updatedNumberScheduled'),
  count('Available', 'numberAvailable'),
  column('Node Selector', ({ spec }) => labelsText(spec.template?.spec?.nodeSelector)),
  age,
  ...containers,
  selector,
];

const jobStatus = ({ metadata, spec, status }: Loose): string => {
  const has = (type: string) =>
    (status?.conditions ?? []).some((one: Loose) => one.type === type && one.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return spec.suspend ? 'Suspended' : 'Running';
};
const jobDuration = ({ status }: Loose): string => {
  if (!status?.startTime) return '';
  const end = status.completionTime ? Date.parse(status.completionTime) : Date.now();
  return humanDuration((end - Date.parse(status.startTime)) / 1000);
};

export const jobColumns: readonly Column[] = [
  name,
  column('Status', jobStatus),
  column('Completions', ({ spec, status }) => `${status?.succeeded ?? 0}/${spec.completions ?? 1}`),
  column('Duration', jobDuration),
  age,
  ...containers,
  selector,
];

export const cronJobColumns: readonly Column[] = [
  name,
  column('Schedule', ({ spec }) => spec.schedule),
  column('Timezone', ({ spec }) => spec.timeZone ?? '<none>'),
  column('Suspend', ({ spec }) => (spec.suspend ? 'True' : 'False')),
  column('Active', ({ status }) => status?.active?.length ?? 0),
  column('Last Schedule', ({ status }) =>
    status?.lastScheduleTime ? ageOf(status.lastScheduleTime) : '<none>',
  ),
  age,
  ...containers,
];
