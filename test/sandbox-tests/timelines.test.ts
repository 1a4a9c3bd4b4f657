/**
 * The kubelet's behaviour against what a real one did (fixtures/timelines.jsonl, shared/api): the same states in the same
 * order, the same events with the same words and counts. Times are those of contract.ts and are not measured here.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import type { KubeObject } from '../sandbox/contract.ts';
import { addPod, type BareNode, eventually, inject, startBareNode } from './bare-node.ts';

const timeline = z.object({
  name: z.string(),
  container: z.looseObject({ name: z.string() }),
  watch: z.array(
    z.object({
      generation: z.number(),
      observedGeneration: z.number(),
      status: z.looseObject({ state: z.record(z.string(), z.looseObject({})) }).nullable(),
    }),
  ),
});
const eventList = z.object({
  name: z.string(),
  events: z.array(
    z.object({
      reason: z.string(),
      type: z.string(),
      message: z.string(),
      fieldPath: z.string(),
      count: z.number(),
    }),
  ),
});

const lines = readFileSync(new URL('fixtures/timelines.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): unknown => JSON.parse(line));
/** Each timeline with the events of its pod; four-in-a-row shares one pod and is left to its first. */
const recordings = lines.flatMap((line, index) => {
  const watched = timeline.safeParse(line);
  if (!watched.success || /four-in-a-row-[234]/.test(watched.data.name)) return [];
  const after = lines
    .slice(index)
    .map((later) => eventList.safeParse(later))
    .find(({ success }) => success)?.data;
  const own = after?.events.filter(({ fieldPath }) => fieldPath.includes(watched.data.container.name)) ?? [];
  return [{ ...watched.data, events: own }];
});

/** Words that differ from run to run. */
const normal = (text: string, container: string): string =>
  text.replaceAll(container, 'CONTAINER').replace(/pod: "[^"]*"/, 'pod: "POD"');

const stateOf = (
  status: { readonly state: Readonly<Record<string, Record<string, unknown>>> },
  container: string,
) => {
  const [kind = '', detail = {}] = Object.entries(status.state)[0] ?? [];
  const { reason, message, exitCode } = detail;
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(typeof message === 'string' ? { message: normal(message, container) } : {}),
  };
};

interface Replay {
  readonly states: readonly unknown[];
  readonly events: readonly unknown[];
  readonly generations: readonly (readonly unknown[])[];
}
type Recording = (typeof recordings)[number];

const expectedOf = (recording: Recording): Replay => ({
  states: recording.watch.flatMap(({ status }) =>
    status === null ? [] : [stateOf(status, recording.container.name)],
  ),
  events: recording.events.map(({ reason, type, message, count }) => ({
    reason,
    type,
    message: normal(message, recording.container.name),
    count,
  })),
  generations: recording.watch
    .slice(0, 2)
    .map(({ generation, observedGeneration }) => [generation, observedGeneration]),
});

/** The same container in a pod of its own, until it has come as far as the recording. */
const replay = async (bare: BareNode, recording: Recording, pod: string): Promise<Replay> => {
  await addPod(bare, 'shop', pod, { annotations: { 'sandbox.netcheck/timing': 'quick' } });
  const { name: _, ...container } = recording.container;
  const seen: KubeObject[] = [];
  const stop = bare.store.watch(({ resource, object }) => {
    if (resource === 'pods' && object.metadata.name === pod) seen.push(object);
  });
  const name = inject(bare, pod, container);
  const events = () =>
    bare.store
      .list('events', 'shop')
      .filter((event) => event.involvedObject.fieldPath === `spec.ephemeralContainers{${name}}`)
      .map(({ reason, type, message, count }) => ({ reason, type, message: normal(message, name), count }));
  const states = () =>
    seen
      .map((object) =>
        object.status.ephemeralContainerStatuses?.find((status: { name: string }) => status.name === name),
      )
      .flatMap((status) => (status === undefined ? [] : [stateOf(status, name)]));
  const expected = expectedOf(recording);
  const last = JSON.stringify(expected.states.at(-1));
  await eventually(
    `the last state of ${recording.name}`,
    () =>
      states().some((state) => JSON.stringify(state) === last) && events().length >= expected.events.length,
  );
  stop();
  return {
    // The recording of the dead registry ends before the status says ImagePullBackOff.
    states: states().slice(0, expected.states.length),
    events: events(),
    generations: seen
      .slice(0, 2)
      .map(({ metadata, status }) => [metadata.generation, status.observedGeneration]),
  };
};

let bare: BareNode;
let replays: readonly Replay[] = [];
beforeAll(async () => {
  bare = await startBareNode();
  replays = await Promise.all(
    recordings.map((recording, index) => replay(bare, recording, `timeline-${index}`)),
  );
}, 120_000);
afterAll(() => bare?.node.stop(), 30_000);

describe('an ephemeral container moves as on a real node', () => {
  test.each(
    recordings.map((recording, index) => [`${recording.name} (${index})`, index, recording] as const),
  )('%s', (_name, index, recording) => {
    expect(replays[index]).toEqual(expectedOf(recording));
  });

  test('every recording was compared', () => {
    expect(recordings.length).toBe(11);
  });
});
