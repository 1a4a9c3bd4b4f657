/** An ephemeral container in the pod itself: its network as it is, with every tool. */

import { redact } from '../../redact.ts';
import { runnerCommand } from '../../runner/command.ts';
import { createDecoder } from '../../runner/decode.ts';
import { follow, wasTimeout } from '../follow.ts';
import { buildContainer, DEFAULT_IMAGE } from './container.ts';
import { inject, patchOf } from './inject.ts';
import { keeping, keptContainer } from './keep.ts';
import { orderFor } from './order.ts';
import { refusedEntry } from './refused.ts';
import { tellingOf } from './telling.ts';
import { type Enter, type Entered, type Ground, KEPT, notAttempted, OURS, randomName } from './way.ts';

const via = 'ephemeral' as const;

const changeOf = (pod: string, body: unknown) => ({
  title: `PATCH pods/${pod}/ephemeralcontainers, strategic merge`,
  body,
  consequences: [],
});

export const enterEphemeral: Enter = async (ground): Promise<Entered> => {
  const { options, pod } = ground;
  const kept = options.dryRun === 'none' ? keptContainer(pod, options.image) : undefined;
  if (kept !== undefined) {
    const { enterKept } = await import('./exec.ts');
    const entered = await enterKept(ground, kept);
    // It has ended meanwhile, or may not be entered: a new one then.
    if (entered !== undefined) return entered;
  }
  return addContainer(ground);
};

const addContainer = async ({ client, target, pod, asks, options, ports }: Ground): Promise<Entered> => {
  const order = orderFor(asks, options);
  const { keepSeconds } = options;
  const image = options.image ?? DEFAULT_IMAGE;
  const container = buildContainer(pod, {
    name: `${keepSeconds === undefined ? OURS : KEPT}-${randomName(5)}`,
    image,
    imagePullPolicy: options.imagePullPolicy,
    profile: options.profile,
    command: keeping(runnerCommand(order), keepSeconds),
  });
  const change = changeOf(target.pod, patchOf(container));
  const base = { container: container.name, image } as const;
  const closed = (why: 'dry-run' | 'api-unavailable' | 'interrupted', detail?: string): Entered =>
    notAttempted(via, why, detail, { change });
  if (options.dryRun === 'client') return closed('dry-run');
  const overBefore = (what: string): Entered =>
    wasTimeout(ports.signal)
      ? closed('api-unavailable', `--timeout came ${what}`)
      : closed('interrupted', `stopped ${what}`);
  if (ports.signal.aborted) return overBefore('before the debug container was added');
  if (options.dryRun === 'none')
    ports.progress({
      stage: 'inject',
      text: `adding ephemeral container ${container.name} to pod ${target.namespace}/${target.pod}: it ends ${keepSeconds === undefined ? 'by itself' : `by itself after ${keepSeconds} s`}, and stays listed in the pod until the pod goes`,
    });
  try {
    const injection = await inject(client, target, container, options.dryRun === 'server', pod.metadata.uid);
    if (injection.state === 'unavailable') return closed('api-unavailable', injection.reason);
    if (injection.state === 'replaced') {
      const detail = 'the pod was replaced meanwhile by another of the same name: look again';
      return { entry: { state: 'ran', ...base, end: 'connection-lost', detail }, runs: [], change };
    }
    if (injection.state === 'refused')
      return { entry: refusedEntry(base, injection.failure), runs: [], change };
  } catch (error) {
    if (!ports.signal.aborted) throw error;
    return overBefore(
      options.dryRun === 'server'
        ? 'before the server had answered the dry run'
        : `before the server had confirmed the debug container: ${container.name} may have been added`,
    );
  }
  if (options.dryRun === 'server') return closed('dry-run', 'the server admits it');

  ports.onAdmitted();
  ports.progress({ stage: 'wait', text: 'waiting for the debug container to start' });
  const followed = await follow(target, base, {
    client,
    decoder: createDecoder(order.nonce),
    asked: order.asks.length,
    signal: ports.signal,
    ...tellingOf(base, order.asks.length, ports),
  });
  return { ...followed, runs: followed.runs.map(redact), change };
};
