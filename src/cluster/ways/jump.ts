/** A look-alike of the pod on its node, for as long as the suite runs: where nothing can be put into the pod itself. */
import type { LookAlike } from '../../model/entry.ts';
import type { Change } from '../../model/options.ts';
import { redact } from '../../redact.ts';
import { runnerCommand } from '../../runner/command.ts';
import { createDecoder } from '../../runner/decode.ts';
import { missingOf } from '../access.ts';
import { type Client, know } from '../client.ts';
import { follow } from '../follow.ts';
import { pathOf, RESOURCES, rightTo } from '../paths.ts';
import { DEFAULT_IMAGE } from './container.ts';
import { buildJumpPod, type JumpPod, notShown, originalSchema } from './jump-pod.ts';
import { orderFor } from './order.ts';
import { publishedBy } from './published.ts';
import { refusedEntry } from './refused.ts';
import { tellingOf } from './telling.ts';
import { type Enter, type Entered, notAttempted, OURS, randomName } from './way.ts';

const via = 'jump' as const;

/** To remove the look-alike, whatever ended the run: within the two seconds that Ctrl-C has. */
const REMOVAL_MS = 1_500;

const rights = (namespace: string) => [
  rightTo('create', RESOURCES.pods, namespace),
  rightTo('delete', RESOURCES.pods, namespace),
  rightTo('get', RESOURCES.pods, namespace, 'log'),
];

const create = async (client: Client, namespace: string, pod: JumpPod, dryRun: boolean) =>
  client.request({
    method: 'POST',
    path: pathOf(RESOURCES.pods, namespace),
    query: { fieldManager: 'kubectl-netcheck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: pod,
    // The name is new each run: sent twice the second is refused as there already.
    repeatable: true,
  });

/** Says whether it is gone. Never throws: what is left is told to the user, and has its own limit. */
const remove = async (client: Client, namespace: string, name: string): Promise<boolean> => {
  try {
    const answer = await client.afterwards(REMOVAL_MS).request({
      method: 'DELETE',
      path: pathOf(RESOURCES.pods, namespace, name),
      repeatable: true,
    });
    return answer.ok || answer.failure.httpStatus === 404;
  } catch {
    return false;
  }
};

const changeOf = (namespace: string, pod: JumpPod): Change => ({
  title: `POST pods in namespace ${namespace}`,
  body: pod,
  consequences: [
    'it carries the labels of the pod, so the same NetworkPolicies select it; Services list it as not ready, and send it nothing',
    'PodDisruptionBudgets and autoscalers that select these labels count one pod more, not ready, while it lives',
    'it is deleted at the end of the run; should that fail it ends by itself, and goes with the pod that it is like',
  ],
});

export const enterByJump: Enter = async (ground): Promise<Entered> => {
  const { client, target, pod, options, ports } = ground;
  const { namespace } = target;
  const [missing, original, published] = await Promise.all([
    missingOf(client, rights(namespace)),
    know(
      client,
      pathOf(RESOURCES.pods, namespace, target.pod),
      {},
      originalSchema,
      rightTo('get', RESOURCES.pods, namespace),
    ),
    publishedBy(client, namespace, pod),
  ]);
  if (missing.length > 0) return notAttempted(via, 'access-denied', undefined, { missing });
  if (original.state !== 'known') return notAttempted(via, 'no-way', 'the pod could not be read as a whole');
  if (published !== undefined) return notAttempted(via, 'no-way', published);

  const asks = ground.lookAlikeAsks();
  const order = orderFor(asks, options);
  const image = options.image ?? DEFAULT_IMAGE;
  const name = `${OURS}-${randomName(5)}`;
  const lookAlike: LookAlike = { pod: name, notShown: [...notShown(original.value)] };
  const base = { via, container: OURS, image } as const;
  const jumpPod = buildJumpPod(pod, original.value, {
    name,
    image,
    imagePullPolicy: options.imagePullPolicy,
    imagePullSecret: options.imagePullSecret,
    profile: options.profile,
    totalSeconds: order.totalSeconds,
    command: runnerCommand(order),
  });
  const change = changeOf(namespace, jumpPod);
  const dryRun = (detail?: string): Entered => ({
    ...notAttempted(via, 'dry-run', detail, { change }),
    asks,
  });
  if (options.dryRun === 'client') return dryRun();
  if (options.dryRun === 'none')
    ports.progress({
      stage: 'inject',
      text: `adding pod ${name} to namespace ${namespace}, a look-alike of ${target.pod} on its node: it is deleted at the end`,
    });
  // Whether it was made is not known where the answer was lost: it is removed in any case.
  let mayBeThere = options.dryRun === 'none';
  try {
    const answer = await create(client, namespace, jumpPod, options.dryRun === 'server');
    if (!answer.ok && answer.failure.reason !== 'AlreadyExists') {
      mayBeThere = answer.failure.httpStatus >= 500 && mayBeThere;
      return { entry: refusedEntry(base, answer.failure), runs: [], asks, change };
    }
    if (options.dryRun === 'server') return dryRun('the server admits it');
    ports.onAdmitted();
    ports.progress({ stage: 'wait', text: `waiting for pod ${name} to start` });
    const followed = await follow({ ...target, pod: name }, base, {
      client,
      decoder: createDecoder(order.nonce),
      asked: order.asks.length,
      signal: ports.signal,
      ...tellingOf(base, order.asks.length, ports),
    });
    const { entry } = followed;
    const seen = entry.state === 'ran' || entry.state === 'not-started' ? { ...entry, lookAlike } : entry;
    return { entry: seen, runs: followed.runs.map(redact), asks, change };
  } finally {
    if (mayBeThere && !(await remove(client, namespace, name)))
      ports.progress({
        stage: 'left',
        text: `pod ${name} could not be deleted; it ends by itself: kubectl delete pod ${name} -n ${namespace}`,
      });
  }
};
