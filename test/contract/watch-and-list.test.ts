/** Watch and list: selectors, resourceVersion, bookmarks, 410, pages. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Loose, parseJson } from '../sandbox/api/json.ts';
import { eventually } from './client.ts';
import { configMap, MAPS, patch } from './objects.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
});
afterAll(() => world?.stop());

describe('watch', () => {
  test('an object that leaves the selection is DELETED, one that enters it ADDED', async () => {
    const seen: string[] = [];
    const since = world.store.resourceVersion;
    const watch = world.client.follow(
      { path: `${MAPS}?watch=true&labelSelector=team%3Da&resourceVersion=${since}` },
      (line) => {
        const { type, object } = parseJson(line);
        seen.push(`${type} ${object.metadata.name}`);
      },
    );
    await post(world, MAPS, configMap('w1', { team: 'a' }));
    await post(world, MAPS, configMap('w2', { team: 'b' }));
    await patch(world, `${MAPS}/w1`, 'merge-patch', { metadata: { labels: { team: 'b' } } });
    await patch(world, `${MAPS}/w2`, 'merge-patch', { metadata: { labels: { team: 'a' } } });
    await patch(world, `${MAPS}/w2`, 'merge-patch', { data: { a: '2' } });
    await eventually('five events', () => seen.length >= 4);
    watch.stop();
    expect(seen).toEqual(['ADDED w1', 'DELETED w1', 'ADDED w2', 'MODIFIED w2']);
  });

  test('a version that is forgotten gets 410 Expired as an event, one at the end of history does not', async () => {
    await post(world, MAPS, configMap('w3'));
    const old = Number(world.store.resourceVersion) - 1;
    world.api.compact();
    const lines: string[] = [];
    const watch = world.client.follow({ path: `${MAPS}?watch=true&resourceVersion=${old}` }, (line) =>
      lines.push(line),
    );
    expect(await watch.ended).toBe(200);
    const event = parseJson(lines[0] ?? '');
    expect([event.type, event.object.code, event.object.reason]).toEqual(['ERROR', 410, 'Expired']);
  });

  test('timeoutSeconds ends it, with a bookmark when those are wanted', async () => {
    const types: string[] = [];
    const query = 'watch=true&timeoutSeconds=1&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dnone';
    const watch = world.client.follow({ path: `${MAPS}?${query}` }, (line) =>
      types.push(parseJson(line).type),
    );
    expect(await watch.ended).toBe(200);
    expect(types).toEqual(['BOOKMARK']);
  });
});

describe('list', () => {
  test('limit and continue give every object once, in order', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5'])
      await post(world, MAPS, configMap(name, { page: 'y' }));
    const names: string[] = [];
    let token = '';
    let pages = 0;
    do {
      const { body } = await world.client.send({
        path: `${MAPS}?labelSelector=page&limit=2&continue=${token}`,
      });
      names.push(...body.items.map((one: Loose) => one.metadata.name));
      token = body.metadata.continue ?? '';
      pages += 1;
    } while (token !== '');
    expect([pages, names]).toEqual([3, ['p1', 'p2', 'p3', 'p4', 'p5']]);
  });

  test.each([
    ['labelSelector=page,page+notin+(x)', 5],
    ['labelSelector=page+in+(x,+y)', 5],
    ['labelSelector=page%3Dy,page!%3Dx', 5],
    ['labelSelector=!page,page', 0],
    ['fieldSelector=metadata.name!%3Dp1&labelSelector=page', 4],
  ])('%s', async (query, count) => {
    const { body } = await world.client.send({ path: `${MAPS}?${query}` });
    expect(body.items.length).toBe(count);
  });

  test('a field that cannot be selected by is 400', async () => {
    const { status, body } = await world.client.send({ path: `${MAPS}?fieldSelector=data.a%3D1` });
    expect([status, body.message]).toEqual([
      400,
      expect.stringContaining('field label not supported: data.a'),
    ]);
  });
});
