/** From what the user named to one pod. */
import * as z from 'zod/mini';
import { UserError } from '../errors.ts';
import type { Target } from '../model/case.ts';
import type { Known } from '../model/evidence.ts';
import { type Pod, podSchema } from '../model/kubernetes.ts';
import type { TargetKind, TargetRef } from '../model/options.ts';
import { type Client, know } from './client.ts';
import { pathOf, RESOURCES, type Resource, rightTo } from './paths.ts';

const listOf = <T extends z.ZodMiniType>(item: T) => z.object({ items: z.array(item) });
export const podListSchema = listOf(podSchema);

const ownerSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.optional(z.string()) }),
  spec: z.optional(
    z.object({
      /** A Service's is a plain map, a workload's a LabelSelector. */
      selector: z.optional(z.unknown()),
    }),
  ),
});

const KIND_RESOURCES: Readonly<Record<Exclude<TargetKind, 'pod'>, Resource>> = {
  deployment: RESOURCES.deployments,
  replicaset: RESOURCES.replicasets,
  statefulset: RESOURCES.statefulsets,
  daemonset: RESOURCES.daemonsets,
  job: RESOURCES.jobs,
  cronjob: RESOURCES.cronjobs,
  service: RESOURCES.services,
};

/** A short form that kubectl takes, for messages. */
const SHORT: Readonly<Record<TargetKind, string>> = {
  pod: 'pod',
  deployment: 'deploy',
  replicaset: 'rs',
  statefulset: 'sts',
  daemonset: 'ds',
  job: 'job',
  cronjob: 'cronjob',
  service: 'svc',
};

const mapSchema = z.record(z.string(), z.string());
const selectorSchema = z.object({
  matchLabels: z.optional(mapSchema),
  matchExpressions: z.optional(
    z.array(z.object({ key: z.string(), operator: z.string(), values: z.optional(z.array(z.string())) })),
  ),
});

const expression = (e: { key: string; operator: string; values?: string[] | undefined }): string => {
  switch (e.operator) {
    case 'In':
      return `${e.key} in (${(e.values ?? []).join(',')})`;
    case 'NotIn':
      return `${e.key} notin (${(e.values ?? []).join(',')})`;
    case 'Exists':
      return e.key;
    default:
      return `!${e.key}`;
  }
};

/** The selector as a query parameter; undefined where it selects nothing. */
export const selectorQuery = (kind: TargetKind, selector: unknown): string | undefined => {
  if (kind === 'service') {
    const map = mapSchema.safeParse(selector);
    const pairs = map.success ? Object.entries(map.data) : [];
    return pairs.length === 0 ? undefined : pairs.map(([key, value]) => `${key}=${value}`).join(',');
  }
  const parsed = selectorSchema.safeParse(selector);
  if (!parsed.success) return undefined;
  const parts = [
    ...Object.entries(parsed.data.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(parsed.data.matchExpressions ?? []).map(expression),
  ];
  return parts.length === 0 ? undefined : parts.join(',');
};

const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;

/** Best first: running and ready, then running, then what is left; the name decides between equals, so that a run can be repeated. */
export const byUsefulness = (a: Pod, b: Pod): number =>
  rank(a) - rank(b) || a.metadata.name.localeCompare(b.metadata.name);
const rank = (pod: Pod): number =>
  pod.metadata.deletionTimestamp !== undefined
    ? 3
    : pod.status.phase === 'Running'
      ? isReady(pod)
        ? 0
        : 1
      : 2;

const need = <T>(known: Known<T>, what: string, next: string): T => {
  switch (known.state) {
    case 'known':
      return known.value;
    case 'absent':
      throw new UserError({ code: 'target-not-found', message: `${what} does not exist`, next: [next] });
    case 'forbidden': {
      const { verb, resource, namespace } = known.right;
      throw new UserError({
        code: 'target-forbidden',
        message: `may not look up ${what}`,
        reason: `these credentials lack the right to ${verb} ${resource}${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
        next: [
          `kubectl auth can-i ${verb} ${resource}${namespace === undefined ? '' : ` -n ${namespace}`}`,
          'kubectl netcheck POD',
        ],
      });
    }
    case 'failed':
      throw new UserError({
        code: 'target-unknown',
        message: `could not look up ${what}`,
        reason: known.reason,
        next: [next],
      });
    case 'not-asked':
      throw new Error(`${what} was not asked for`);
  }
};

/** @throws UserError when the workload is not there, may not be read, or has no pod. */
export const resolveTarget = async (
  client: Client,
  ref: TargetRef,
  requested: string,
  namespace: string,
): Promise<Target> => {
  if (ref.kind === 'pod') return { requested, namespace, pod: ref.name };
  const short = `${SHORT[ref.kind]}/${ref.name}`;
  const resource = KIND_RESOURCES[ref.kind];
  const listCommand = `kubectl -n ${namespace} get ${SHORT[ref.kind]}`;
  const owner = need(
    await know(
      client,
      pathOf(resource, namespace, ref.name),
      {},
      ownerSchema,
      rightTo('get', resource, namespace),
    ),
    `${short} in namespace ${namespace}`,
    listCommand,
  );
  // A CronJob has no selector: its pods are those of the Jobs that it owns, which carry its name in theirs.
  const query = ref.kind === 'cronjob' ? undefined : selectorQuery(ref.kind, owner.spec?.selector);
  if (query === undefined && ref.kind !== 'cronjob')
    throw new UserError({
      code: 'target-without-selector',
      message: `${short} selects no pods by itself`,
      reason: 'it has no selector, so its pods cannot be told from the API',
      next: [`kubectl -n ${namespace} get pods`, `kubectl netcheck POD -n ${namespace}`],
    });
  const listed = await know(
    client,
    pathOf(RESOURCES.pods, namespace),
    query === undefined ? {} : { labelSelector: query },
    podListSchema,
    rightTo('list', RESOURCES.pods, namespace),
  );
  const all = need(listed, `pods of ${short}`, `kubectl -n ${namespace} get pods`).items;
  const pods = ref.kind === 'cronjob' ? all.filter((pod) => ownedByJobOf(pod, ref.name)) : all;
  const best = [...pods].sort(byUsefulness)[0];
  if (best === undefined)
    throw new UserError({
      code: 'target-without-pods',
      message: `${short} has no pods in namespace ${namespace}`,
      reason:
        query === undefined ? 'no pod belongs to one of its jobs' : `no pod matches its selector ${query}`,
      next: [
        `kubectl -n ${namespace} describe ${SHORT[ref.kind]} ${ref.name}`,
        `kubectl -n ${namespace} get pods --show-labels`,
      ],
    });
  return { requested, namespace, pod: best.metadata.name, pickedFrom: { owner: short, count: pods.length } };
};

const ownedByJobOf = (pod: Pod, cronJob: string): boolean =>
  pod.metadata.ownerReferences?.some(
    (owner) =>
      owner.kind === 'Job' &&
      owner.name.startsWith(`${cronJob}-`) &&
      /^\d+$/.test(owner.name.slice(cronJob.length + 1)),
  ) === true;
