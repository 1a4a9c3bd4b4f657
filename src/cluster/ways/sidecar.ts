/**
 * A container in the workload itself: the last resort, as it replaces the workload's pods. Without `--yes` it is shown and not made;
 * with it, one of the new pods is then asked by exec.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { containerStatusSchema } from '../../model/kubernetes.ts';
import type { Client } from '../client.ts';
import { pathOf, RESOURCES } from '../paths.ts';
import { DEFAULT_IMAGE } from './container.ts';
import { refusedEntry } from './refused.ts';
import { SIDECAR, sidecarChange, sidecarPatch, undoCommand, type Workload } from './sidecar-patch.ts';
import { type Enter, type Entered, notAttempted } from './way.ts';
import { workloadOf } from './workload.ts';

const via = 'sidecar' as const;

const patchWorkload = (
  client: Client,
  namespace: string,
  { resource, name }: Workload,
  patch: object,
  dryRun: boolean,
) =>
  client.request({
    method: 'PATCH',
    path: pathOf(RESOURCES[resource], namespace, name),
    query: { fieldManager: 'kubectl-netcheck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: patch,
    contentType: 'application/strategic-merge-patch+json',
    // Merged by the container's name: sent twice it is there once.
    repeatable: true,
  });

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        creationTimestamp: z.optional(z.string()),
        deletionTimestamp: z.optional(z.string()),
      }),
      status: z.optional(z.object({ containerStatuses: z.optional(z.array(containerStatusSchema)) })),
    }),
  ),
});

const POLL_MS = 500;

/** The newest pod in which the container runs. Waits until the signal fires. */
const newPod = async (
  client: Client,
  namespace: string,
  selector: string,
  signal: AbortSignal,
): Promise<string> => {
  for (;;) {
    const answer = await client.request({
      method: 'GET',
      path: pathOf(RESOURCES.pods, namespace),
      query: { labelSelector: selector },
    });
    const list = podsSchema.safeParse(answer.ok ? answer.body : undefined);
    const running = (list.success ? list.data.items : []).filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        status?.containerStatuses?.some(
          ({ name, state }) => name === SIDECAR && state?.running !== undefined,
        ),
    );
    const [newest] = running.toSorted((a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''),
    );
    if (newest !== undefined) return newest.metadata.name;
    await sleep(POLL_MS, undefined, { signal });
  }
};

/** Where the container is in the workload, and one of its pods runs with it. */
export interface RolledOut extends Entered {
  readonly rolledOut?: { readonly pod: string; readonly container: string };
}

export const enterBySidecar = async (ground: Parameters<Enter>[0]): Promise<RolledOut> => {
  const { client, target, pod, options, ports } = ground;
  const { namespace } = target;
  const workload = await workloadOf(client, target);
  if (typeof workload === 'string') return notAttempted(via, 'no-way', workload);
  const image = options.image ?? DEFAULT_IMAGE;
  const patch = sidecarPatch(pod, {
    image,
    imagePullPolicy: options.imagePullPolicy,
    profile: options.profile,
  });
  const change = sidecarChange(workload, namespace, patch);
  if (options.dryRun === 'client') return notAttempted(via, 'dry-run', undefined, { change });
  // Asked of the server first: a refusal must not come when half the pods are replaced.
  const admitted = await patchWorkload(client, namespace, workload, patch, true);
  if (!admitted.ok)
    return { entry: refusedEntry({ via, container: SIDECAR, image }, admitted.failure), runs: [], change };
  if (options.dryRun === 'server') return notAttempted(via, 'dry-run', 'the server admits it', { change });
  const whole = `${workload.kind}/${workload.name}`;
  if (!options.yes)
    return notAttempted(
      via,
      'needs-consent',
      `it changes ${whole}, whose pods are then replaced: --yes does it`,
      {
        change,
      },
    );
  if (workload.selector === undefined)
    return notAttempted(via, 'no-way', `the selector of ${whole} could not be read`, { change });
  ports.progress({
    stage: 'inject',
    text: `adding container ${SIDECAR} to ${whole} in namespace ${namespace}: its pods are replaced, and it stays until it is taken out`,
  });
  const done = await patchWorkload(client, namespace, workload, patch, false);
  if (!done.ok)
    return { entry: refusedEntry({ via, container: SIDECAR, image }, done.failure), runs: [], change };
  ports.progress({
    stage: 'left',
    text: `container ${SIDECAR} is in ${whole} now; to take it out: ${undoCommand(workload, namespace)}`,
  });
  ports.progress({ stage: 'wait', text: `waiting for a new pod of ${whole}` });
  const name = await newPod(client, namespace, workload.selector, ports.signal);
  return {
    ...notAttempted(via, 'no-way', 'its new pod is asked in its place', { change }),
    rolledOut: { pod: name, container: SIDECAR },
  };
};
