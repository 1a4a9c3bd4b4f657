/** Brings a cluster into the state that a scenario describes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCluster } from './cluster.ts';
import type { Cluster, KubeObject } from './contract.ts';
import { asObject, baseObjects, type Scenario, type Step } from './scenario-file.ts';

export { baseObjects, loadScenarios, type Scenario } from './scenario-file.ts';

/** `$(5 minutes ago)`: a time that a status has, which would otherwise grow old with the file. */
const AGO = /^\$\((?<count>\d{1,5}) (?<unit>seconds|minutes|hours) ago\)$/;
const UNIT_MS: Readonly<Record<string, number>> = { seconds: 1000, minutes: 60_000, hours: 3_600_000 };
const timeOf = (text: string): string => {
  const { count, unit = '' } = AGO.exec(text)?.groups ?? {};
  if (count === undefined) return text;
  const then = new Date(Date.now() - Number(count) * (UNIT_MS[unit] ?? 0));
  return then.toISOString().replace(/\.\d{3}Z$/, 'Z');
};

const withTimes = (value: unknown): unknown => {
  if (typeof value === 'string') return timeOf(value);
  if (Array.isArray(value)) return value.map(withTimes);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTimes(one)]))
    : value;
};

const mergePatch = (onto: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof onto === 'object' && onto !== null && !Array.isArray(onto) ? { ...onto } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
};

interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions?: { readonly ready?: boolean };
  readonly targetRef?: { readonly uid: string };
}

/** A pod that stands in the slices of both families counts once. */
const readyEndpoints = (cluster: Cluster, namespace: string, service: string): number =>
  new Set(
    cluster.store
      .list('endpointslices', namespace)
      .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service)
      .flatMap((slice): Endpoint[] => slice.endpoints ?? [])
      .filter((endpoint) => endpoint.conditions?.ready !== false)
      .map(({ targetRef, addresses }) => targetRef?.uid ?? addresses.join()),
  ).size;

/** Its second wait is long enough to look at it. */
const isCrashLooping = (cluster: Cluster, namespace: string, pod: string): boolean => {
  const [status] = cluster.store.get('pods', namespace, pod)?.status?.containerStatuses ?? [];
  return status?.state?.waiting?.reason === 'CrashLoopBackOff' && status.restartCount > 0;
};

const WAIT_MS = 20_000;
const until = async (what: string, holds: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(20)) if (holds()) return;
  throw new Error(`waited ${WAIT_MS / 1000} s in vain: ${what}`);
};

const PLACES = /^(node|internet|pod\/[^/]+\/[^/]+)$/;
const isPlace = (text: string): text is Parameters<Cluster['inNetwork']>[0] => PLACES.test(text);

const take = async (cluster: Cluster, step: Step): Promise<void> => {
  if ('apply' in step) await cluster.apply(step.apply.map(asObject));
  else if ('delete' in step)
    cluster.store.delete(step.delete.resource, step.delete.namespace, step.delete.name);
  else if ('patch' in step) {
    const { resource, namespace, name, merge } = step.patch;
    const changed = cluster.store.update(
      resource,
      namespace,
      name,
      (object) => mergePatch(object, withTimes(merge)) as KubeObject,
    ); // as above
    if (changed === undefined) throw new Error(`nothing to patch: ${resource} ${namespace ?? ''}/${name}`);
  } else if ('network' in step) {
    if (!isPlace(step.network.in)) throw new Error(`no such place: ${step.network.in}`);
    const done = await cluster.inNetwork(step.network.in, ['sh', '-ec', step.network.run]);
    if (done.exitCode !== 0) throw new Error(`${step.network.run}: exit ${done.exitCode}: ${done.stderr}`);
  } else if ('crashLoop' in step) {
    const { namespace, pod } = step.crashLoop;
    await until(`${namespace}/${pod} in CrashLoopBackOff`, () => isCrashLooping(cluster, namespace, pod));
  } else {
    const { namespace, service, ready } = step.endpoints;
    await until(
      `${ready} ready endpoints of ${namespace}/${service}`,
      () => readyEndpoints(cluster, namespace, service) === ready,
    );
  }
};

/** Brings the cluster into the scenario's state. Returns the kubeconfig to run netcheck with. */
export const stage = async (
  cluster: SandboxCluster,
  scenario: Pick<Scenario, 'name' | 'namespace' | 'families' | 'steps' | 'rights'>,
): Promise<string> => {
  if (scenario.families.join() !== cluster.families.join()) {
    throw new Error(`scenario ${scenario.name} needs a cluster of ${scenario.families.join(', ')}`);
  }
  await cluster.reset();
  await cluster.apply(baseObjects());
  for (const step of scenario.steps) {
    await take(cluster, step);
    await cluster.settled();
  }
  if (scenario.rights === undefined) return cluster.kubeconfig;
  const name = 'dev';
  await cluster.apply([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: scenario.namespace },
      rules: scenario.rights,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: scenario.namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }],
    },
  ]);
  return cluster.kubeconfigOf(name);
};
