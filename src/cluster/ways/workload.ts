/** The workload that makes a pod: the last of its controllers that a person edits. */
import * as z from 'zod/mini';
import type { Target } from '../../model/case.ts';
import { type Client, know } from '../client.ts';
import { pathOf, RESOURCES, rightTo } from '../paths.ts';
import { selectorQuery } from '../target.ts';
import type { Workload } from './sidecar-patch.ts';

const ownedSchema = z.object({
  metadata: z.object({
    ownerReferences: z.optional(
      z.array(z.object({ kind: z.string(), name: z.string(), controller: z.optional(z.boolean()) })),
    ),
  }),
});
const workloadSchema = z.extend(ownedSchema, {
  spec: z.optional(z.object({ replicas: z.optional(z.number()), selector: z.optional(z.unknown()) })),
});

const KINDS = {
  Deployment: { resource: 'deployments', kind: 'deployment' },
  ReplicaSet: { resource: 'replicasets', kind: 'replicaset' },
  StatefulSet: { resource: 'statefulsets', kind: 'statefulset' },
  DaemonSet: { resource: 'daemonsets', kind: 'daemonset' },
} as const;
const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

type Owned = z.infer<typeof ownedSchema>;
const controllerOf = ({ metadata }: Owned) => metadata.ownerReferences?.find(({ controller }) => controller);

/** A string says why there is none that could be changed. */
export const workloadOf = async (client: Client, { namespace, pod }: Target): Promise<Workload | string> => {
  const read = <T>(resource: keyof typeof RESOURCES, name: string, schema: z.ZodMiniType<T>) =>
    know(
      client,
      pathOf(RESOURCES[resource], namespace, name),
      {},
      schema,
      rightTo('get', RESOURCES[resource], namespace),
    );
  const found = await read('pods', pod, ownedSchema);
  if (found.state !== 'known') return 'the pod could not be read';
  const above = async (owned: Owned): Promise<Workload | string> => {
    const owner = controllerOf(owned);
    if (owner === undefined)
      return 'no workload makes this pod: it stands alone, and a pod takes no container later';
    if (!isKind(owner.kind))
      return `${owner.kind} ${owner.name} makes this pod: netcheck does not know how to change one`;
    const { resource, kind } = KINDS[owner.kind];
    const workload = await read(resource, owner.name, workloadSchema);
    if (workload.state === 'forbidden') return `not permitted to get ${resource} in namespace ${namespace}`;
    if (workload.state !== 'known') return `${kind}/${owner.name} could not be read`;
    // A Deployment makes ReplicaSets, and would undo what is changed in one.
    if (owner.kind === 'ReplicaSet' && controllerOf(workload.value) !== undefined)
      return above(workload.value);
    const { replicas, selector } = workload.value.spec ?? {};
    return { resource, kind, name: owner.name, replicas, selector: selectorQuery('deployment', selector) };
  };
  return above(found.value);
};
