/** The scheduler: binds pods to a node that they fit, or says why there is none. */
import type { Loose } from '../api/json.ts';
import { timestamp } from '../api/store.ts';
import type { KubeObject, Store } from '../contract.ts';
import { recordEvent } from './events.ts';
import { fromKey } from './owners.ts';
import { nodeProblem } from './scheduler-fit.ts';

const COMPONENT = 'default-scheduler';

const refusal = (problems: readonly string[]): string => {
  if (problems.length === 0) return 'no nodes available to schedule pods';
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  const said = [...counts].map(([problem, count]) => `${count} ${problem}`).sort();
  const none = `0/${problems.length} nodes are available`;
  return `${none}: ${said.join(', ')}. no new claims to deallocate, preemption: ${none}: ${problems.length} Preemption is not helpful for scheduling.`;
};

const withCondition = (pod: KubeObject, condition: Loose): Loose => {
  const others = (pod.status?.conditions ?? []).filter((one: Loose) => one.type !== 'PodScheduled');
  const before = (pod.status?.conditions ?? []).find((one: Loose) => one.type === 'PodScheduled');
  const same = before?.status === condition.status;
  // Judged again with the same outcome: nothing is written, not even the generation.
  if (same && before.message === condition.message) return pod.status;
  const scheduled = {
    type: 'PodScheduled',
    observedGeneration: pod.metadata.generation,
    lastProbeTime: null,
    lastTransitionTime: same ? before.lastTransitionTime : timestamp(),
    ...condition,
  };
  return { ...pod.status, conditions: [...others, scheduled] };
};

export const needsScheduling = (pod: KubeObject): boolean =>
  !pod.spec.nodeName &&
  pod.metadata.deletionTimestamp === undefined &&
  pod.spec.schedulerName === COMPONENT &&
  !(pod.spec.schedulingGates?.length > 0);

export const schedule = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const pod = store.get('pods', namespace, name);
  if (pod === undefined || !needsScheduling(pod)) return;
  const nodes = store.list('nodes');
  const load = (node: KubeObject) =>
    store.list('pods').filter((other) => other.spec.nodeName === node.metadata.name).length;
  const fitting = nodes.filter((node) => nodeProblem(pod.spec, node) === undefined);
  const [chosen] = [...fitting].sort((left, right) => load(left) - load(right));
  if (chosen === undefined) {
    const message = refusal(nodes.flatMap((node) => nodeProblem(pod.spec, node) ?? []));
    const event = {
      component: COMPONENT,
      type: 'Warning',
      reason: 'FailedScheduling',
      action: 'Scheduling',
    } as const;
    recordEvent(store, pod, { ...event, message });
    const condition = { status: 'False', reason: 'Unschedulable', message };
    store.update('pods', namespace, name, (current) => ({
      ...current,
      status: withCondition(current, condition),
    }));
    return;
  }
  const node = chosen.metadata.name;
  store.update('pods', namespace, name, (current) => ({
    ...current,
    spec: { ...current.spec, nodeName: node },
    status: withCondition(current, { status: 'True' }),
  }));
  const message = `Successfully assigned ${namespace}/${name} to ${node}`;
  recordEvent(store, pod, {
    component: COMPONENT,
    type: 'Normal',
    reason: 'Scheduled',
    action: 'Binding',
    message,
  });
};
