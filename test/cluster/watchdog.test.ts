/** Held against what a real kubelet said (shared/api/timelines.jsonl, copied). */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { endInStatus, failureInEvents, failureInStatus, pullInEvents } from '../../src/cluster/watchdog.ts';

interface Line {
  readonly name: string;
  readonly container?: { readonly name: string };
  readonly watch?: readonly {
    readonly ms: number;
    readonly status: { readonly name: string; readonly state: object } | null;
  }[];
  readonly events?: readonly {
    readonly reason: string;
    readonly type: string;
    readonly message: string;
    readonly fieldPath: string;
  }[];
}
const lines = readFileSync(new URL('fixtures/timelines.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Line => JSON.parse(line));

const recorded = (name: string) => {
  const at = lines.findIndex((line) => line.name === name);
  const container = lines[at]?.container?.name ?? '';
  const items = (lines[at + 1]?.events ?? []).map(({ fieldPath, ...event }) => ({
    ...event,
    involvedObject: { fieldPath },
  }));
  const statuses = (lines[at]?.watch ?? []).flatMap(({ status }) => (status === null ? [] : [status]));
  return {
    container,
    events: { items },
    pods: statuses.map((status) => ({ status: { ephemeralContainerStatuses: [status] } })),
  };
};

describe('a container that will never run is told by its events', () => {
  test.each([
    ['missing-image-never', 'ErrImageNeverPull', 'is not present with pull policy of Never'],
    ['registry-down', 'ErrImagePull', 'connection refused'],
    ['bad-image-name', 'InvalidImageName', "couldn't parse image name"],
    ['root-under-nonroot', 'CreateContainerConfigError', 'image has non-numeric user (root)'],
    ['missing-command', 'RunContainerError', 'exec: "/no/such"'],
  ])('%s', (name, reason, words) => {
    const { container, events, pods } = recorded(name);
    const told = failureInEvents(events, container);
    expect(told).toMatchObject({
      reason: name === 'registry-down' ? expect.stringMatching(/^(ErrImagePull|ImagePullBackOff)$/) : reason,
      toldBy: 'event',
    });
    expect(told?.message).toContain(words);
    expect(pods.map((pod) => failureInStatus(pod, container)?.reason)).toContain(reason);
  });

  test('events of another container of the same pod say nothing about ours', () => {
    const { events } = recorded('registry-down');
    expect(failureInEvents(events, 'netcheck-other')).toBeUndefined();
  });
});

test.each(['runs-3-s', 'ends-at-once', 'exit-7-with-message'])('%s is no failure at any moment', (name) => {
  const { container, events, pods } = recorded(name);
  expect(failureInEvents(events, container)).toBeUndefined();
  for (const pod of pods) expect(failureInStatus(pod, container)).toBeUndefined();
  expect(pods.map((pod) => endInStatus(pod, container)?.exitCode)).toContain(
    name === 'exit-7-with-message' ? 7 : 0,
  );
});

test('a pull under way is no failure, and is told until the image is there', () => {
  const involvedObject = { fieldPath: 'spec.ephemeralContainers{nc}' };
  const pulling = { type: 'Normal', reason: 'Pulling', message: 'Pulling image "x"', involvedObject };
  const pulled = {
    type: 'Normal',
    reason: 'Pulled',
    message: 'Successfully pulled image "x" in 9s',
    involvedObject,
  };
  expect(pullInEvents({ items: [pulling] }, 'nc')).toBe('Pulling image "x"');
  expect(failureInEvents({ items: [pulling] }, 'nc')).toBeUndefined();
  expect(pullInEvents({ items: [pulling, pulled] }, 'nc')).toBeUndefined();
});
