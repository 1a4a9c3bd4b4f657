/**
 * A watch and the log over HTTP while a node plays the recorded timelines: same order of status transitions, same
 * generations, same answers before the container starts. (That the sandbox's own kubelet moves like this is tested in
 * test/sandbox-tests/timelines.test.ts.)
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Loose, parseJson } from '../sandbox/api/json.ts';
import { eventually } from './client.ts';
import { differences } from './compare.ts';
import { type Timeline, timelines } from './recordings.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
});
afterAll(() => world?.stop());

const POD = (name: string): Loose => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'docker.io/lab/web:1' }] },
});
const STRATEGIC = { 'Content-Type': 'application/strategic-merge-patch+json' };

/** The log's answers in the recording, in order, each said once. */
const distinct = <T extends { readonly status: number; readonly body: string }>(
  answers: readonly T[],
): readonly T[] => answers.filter((one, index) => index === 0 || one.body !== answers[index - 1]?.body);

/** The status that the node shows at each recorded step; the first step is the PATCH itself. */
const play = (pod: string, { generation, observedGeneration, status }: Timeline['watch'][number]) => {
  const conditions = [{ type: 'Ready', status: 'True', observedGeneration }];
  world.kubelet.play('shop', pod, {
    observedGeneration,
    phase: 'Running',
    conditions,
    ...(status === null ? {} : { ephemeralContainerStatuses: [status] }),
  });
  return generation;
};

const run = async (timeline: Timeline, pod: string) => {
  const { client, kubelet, store } = world;
  const { name } = timeline.container;
  await post(world, '/api/v1/namespaces/shop/pods', POD(pod));
  // Later ones of four in a row begin at a higher generation.
  for (let extra = 2; extra < (timeline.watch[0]?.generation ?? 2); extra += 1) {
    const earlier = { name: `earlier-${extra}`, image: 'x' };
    await client.send({
      method: 'PATCH',
      path: `/api/v1/namespaces/shop/pods/${pod}/ephemeralcontainers`,
      headers: STRATEGIC,
      body: { spec: { ephemeralContainers: [earlier] } },
    });
  }
  const first = timeline.watch[0];
  if (first !== undefined) play(pod, first);
  const seen: Loose[] = [];
  const query = `watch=true&fieldSelector=metadata.name%3D${pod}&resourceVersion=${store.resourceVersion}`;
  const watch = client.follow({ path: `/api/v1/namespaces/shop/pods?${query}` }, (line) =>
    seen.push(parseJson(line)),
  );
  const patched = await client.send({
    method: 'PATCH',
    path: `/api/v1/namespaces/shop/pods/${pod}/ephemeralcontainers`,
    headers: STRATEGIC,
    body: { spec: { ephemeralContainers: [timeline.container] } },
  });
  const logs: { status: number; body: string }[] = [];
  const readLog = async () => {
    const answer = await client.send({ path: `/api/v1/namespaces/shop/pods/${pod}/log?container=${name}` });
    logs.push({ status: answer.status, body: answer.body.message ?? answer.body });
  };
  const printed = timeline.log.filter(({ status }) => status === 200);
  for (const step of timeline.watch.slice(1)) {
    play(pod, step);
    const { state, lastState } = step.status;
    // The log is there as soon as the container runs, and is whole when it has ended.
    const text = state.terminated ? printed.at(-1)?.body : state.running ? printed[0]?.body : undefined;
    if (text !== undefined) kubelet.print(name, text, state.terminated !== undefined);
    // A container that could not be started has a log without a line.
    if (lastState.terminated) kubelet.print(name, '', true);
    await readLog();
  }
  await eventually('the watch has seen all', () => seen.length >= timeline.watch.length);
  watch.stop();
  return { patched, seen, logs };
};

const statusOf = (container: string, object: Loose): Loose =>
  object.status.ephemeralContainerStatuses?.find((one: Loose) => one.name === container) ?? null;

describe('watch and log tell a container’s life as recorded', () => {
  test.each(timelines.map((timeline, index) => [`${timeline.name} (${index})`, index, timeline] as const))(
    '%s',
    async (_title, index, timeline) => {
      const { patched, seen, logs } = await run(timeline, `pod-${index}`);
      expect(patched.status).toBe(200);
      const told = seen.map(({ type, object }) => ({
        type,
        generation: object.metadata.generation,
        observedGeneration: object.status.observedGeneration,
        status: statusOf(timeline.container.name, object),
      }));
      const real = timeline.watch.map(({ type, generation, observedGeneration, status }) => ({
        type,
        generation,
        observedGeneration,
        status,
      }));
      expect(differences(real, told)).toEqual([]);
      const podName = `pod-${index}`;
      const answers = distinct(timeline.log).map(({ status, body }) => ({
        status,
        body: body.replace(/in pod "[^"]*"/, `in pod "${podName}"`),
      }));
      expect(distinct(logs)).toEqual(answers);
    },
    30_000,
  );

  test('all recorded timelines are here', () => expect(timelines.length).toBe(14));
});
