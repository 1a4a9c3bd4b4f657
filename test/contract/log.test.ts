/** pods/log beyond what the transcripts show: which container, how much of it, and what comes later. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from './client.ts';
import { PODS, pod } from './objects.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
const LOG = `${PODS}/app/log`;

beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
  await post(world, PODS, pod('app'));
  const two = {
    containers: [
      { name: 'a', image: 'x' },
      { name: 'b', image: 'x' },
    ],
    initContainers: [{ name: 'i', image: 'x' }],
  };
  await post(world, PODS, pod('two', two));
  world.kubelet.print('app', 'one\ntwo\nthree\nfour\n', true);
});
afterAll(() => world?.stop());

const text = async (query: string) => (await world.client.send({ path: `${LOG}?${query}` })).text;

describe('how much of it', () => {
  test.each([
    ['tailLines=2', 'three\nfour\n'],
    ['tailLines=0', ''],
    ['tailLines=99', 'one\ntwo\nthree\nfour\n'],
    ['tailLines=1&follow=true', 'four\n'],
    ['limitBytes=6', 'one\ntw'],
    ['tailLines=3&limitBytes=5', 'two\nt'],
    ['sinceSeconds=60', 'one\ntwo\nthree\nfour\n'],
  ])('%s', async (query, expected) => {
    expect(await text(query)).toBe(expected);
  });

  test('timestamps stand before each line, once', async () => {
    const lines = (await text('timestamps=true')).trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^\d{4}-[\d-]+T[\d:.]+Z /, '* '))).toEqual([
      '* one',
      '* two',
      '* three',
      '* four',
    ]);
  });

  test('nothing of a container that ended before the time asked for', async () => {
    world.store.update('pods', 'shop', 'app', (one) => ({
      ...one,
      status: {
        ...one.status,
        containerStatuses: [
          { name: 'app', state: { terminated: { exitCode: 0, finishedAt: '2020-01-01T00:00:00Z' } } },
        ],
      },
    }));
    expect(await text('sinceSeconds=60')).toBe('');
  });
});

describe('which container', () => {
  test('with several, one must be named', async () => {
    const { status, body } = await world.client.send({ path: `${PODS}/two/log` });
    expect([status, body.message]).toEqual([
      400,
      'a container name must be specified for pod two, choose one of: [a b] or one of the init containers: [i]',
    ]);
  });

  test('an earlier run that never was', async () => {
    const { status, body } = await world.client.send({ path: `${LOG}?previous=true` });
    expect([status, body.message]).toEqual([
      400,
      'previous terminated container "app" in pod "app" not found',
    ]);
  });
});

test('follow hands on what is printed later, and ends with the container', async () => {
  world.kubelet.print('a', 'first\n');
  const lines: string[] = [];
  const log = world.client.follow({ path: `${PODS}/two/log?container=a&follow=true` }, (line) =>
    lines.push(line),
  );
  await eventually('the first line', () => lines.length === 1);
  world.kubelet.print('a', 'first\nsecond\n');
  await eventually('the second line', () => lines.length === 2);
  world.kubelet.print('a', 'first\nsecond\nlast\n', true);
  expect(await log.ended).toBe(200);
  expect(lines).toEqual(['first', 'second', 'last']);
});
