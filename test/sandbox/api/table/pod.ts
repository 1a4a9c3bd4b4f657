/** The columns of pods. Source: pkg/printers/internalversion/printers.go, printPod. */
import type { Loose } from '../json.ts';
import { ageOf } from './age.ts';
import { type Column, column, orNone, wide } from './columns.ts';

const endText = ({ reason, signal, exitCode }: Loose): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);

const initText = (pod: Loose): string | undefined => {
  const statuses: readonly Loose[] = pod.status?.initContainerStatuses ?? [];
  const specs: readonly Loose[] = pod.spec.initContainers ?? [];
  for (const [index, status] of statuses.entries()) {
    const sidecar = specs.find((one) => one.name === status.name)?.restartPolicy === 'Always';
    const { terminated, waiting } = status.state ?? {};
    if (terminated?.exitCode === 0 || (sidecar && status.started)) continue;
    if (terminated !== undefined) return `Init:${endText(terminated)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
    return `Init:${index}/${specs.length}`;
  }
  return undefined;
};

export const podStatusText = (pod: Loose): string => {
  const status = pod.status ?? {};
  const statuses: readonly Loose[] = status.containerStatuses ?? [];
  let text = initText(pod);
  if (text === undefined) {
    text = status.reason || status.phase || '';
    let running = false;
    for (const one of [...statuses].reverse()) {
      const { waiting, terminated } = one.state ?? {};
      if (waiting?.reason) text = waiting.reason;
      else if (terminated !== undefined) text = endText(terminated);
      else if (one.ready && one.state?.running !== undefined) running = true;
    }
    const ready = (status.conditions ?? []).some(
      (one: Loose) => one.type === 'Ready' && one.status === 'True',
    );
    if (text === 'Completed' && running) text = ready ? 'Running' : 'NotReady';
  }
  if (pod.metadata.deletionTimestamp === undefined) return text ?? '';
  const finished = ['Succeeded', 'Failed'].includes(status.phase);
  return status.reason === 'NodeLost' ? 'Unknown' : finished ? (text ?? '') : 'Terminating';
};

const readyText = (pod: Loose): string => {
  const sidecars = (pod.spec.initContainers ?? []).filter((one: Loose) => one.restartPolicy === 'Always');
  const statuses: readonly Loose[] = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []).filter((one: Loose) =>
      sidecars.some((sidecar: Loose) => sidecar.name === one.name),
    ),
  ];
  const ready = statuses.filter((one) => one.ready && one.state?.running !== undefined).length;
  return `${ready}/${pod.spec.containers.length + sidecars.length}`;
};

const restartsText = (pod: Loose): string => {
  const statuses: readonly Loose[] = pod.status?.containerStatuses ?? [];
  const count = statuses.reduce((sum, one) => sum + (one.restartCount ?? 0), 0);
  const ends = statuses.flatMap((one) => one.lastState?.terminated?.finishedAt ?? []).sort();
  const last = ends.at(-1);
  return count > 0 && last !== undefined ? `${count} (${ageOf(last)} ago)` : String(count);
};

const gatesText = (pod: Loose): string => {
  const gates: readonly Loose[] = pod.spec.readinessGates ?? [];
  const conditions: readonly Loose[] = pod.status?.conditions ?? [];
  const met = gates.filter((gate) =>
    conditions.some((one) => one.type === gate.conditionType && one.status === 'True'),
  );
  return gates.length === 0 ? '<none>' : `${met.length}/${gates.length}`;
};

export const podColumns: readonly Column[] = [
  { name: 'Name', cell: (pod) => pod.metadata.name, format: 'name' },
  column('Ready', readyText),
  column('Status', podStatusText),
  column('Restarts', restartsText),
  column('Age', (pod) => ageOf(pod.metadata.creationTimestamp)),
  wide('IP', (pod) => orNone(pod.status?.podIP)),
  wide('Node', (pod) => orNone(pod.spec.nodeName)),
  wide('Nominated Node', (pod) => orNone(pod.status?.nominatedNodeName)),
  wide('Readiness Gates', gatesText),
];
