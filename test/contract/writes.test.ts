/** Create, update and patch: conflicts, dry run, patch types, what the API server fills in, and ephemeral containers. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Loose } from '../sandbox/api/json.ts';
import { configMap, inject, MAPS, PODS, patch, pod } from './objects.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
});
afterAll(() => world?.stop());

describe('writes', () => {
  test('a stale resourceVersion is 409 Conflict', async () => {
    const made = await post(world, MAPS, configMap('stale'));
    await patch(world, `${MAPS}/stale`, 'merge-patch', { data: { b: '2' } });
    const answer = await world.client.send({ method: 'PUT', path: `${MAPS}/stale`, body: made });
    expect([answer.status, answer.body.reason]).toEqual([409, 'Conflict']);
  });

  test('the same name twice is 409 AlreadyExists', async () => {
    await post(world, MAPS, configMap('twice'));
    const answer = await world.client.send({ method: 'POST', path: MAPS, body: configMap('twice') });
    expect([answer.status, answer.body.reason]).toEqual([409, 'AlreadyExists']);
  });

  test('dryRun=All answers as if, and stores nothing', async () => {
    const before = world.store.resourceVersion;
    const answer = await world.client.send({
      method: 'POST',
      path: `${MAPS}?dryRun=All`,
      body: configMap('dry'),
    });
    expect([answer.status, answer.body.metadata.name]).toEqual([201, 'dry']);
    expect(world.store.resourceVersion).toBe(before);
  });

  test('a patch that changes nothing is no write', async () => {
    await post(world, MAPS, configMap('same'));
    const before = world.store.resourceVersion;
    await patch(world, `${MAPS}/same`, 'merge-patch', { data: { a: '1' } });
    expect(world.store.resourceVersion).toBe(before);
  });

  test('JSON patch: a test that fails refuses the whole', async () => {
    await post(world, MAPS, configMap('jp'));
    const ops = [
      { op: 'replace', path: '/data/a', value: '2' },
      { op: 'test', path: '/data/a', value: '3' },
    ];
    expect((await patch(world, `${MAPS}/jp`, 'json-patch', ops)).status).toBe(422);
    expect((await patch(world, `${MAPS}/jp`, 'json-patch', ops.slice(0, 1))).body.data).toEqual({ a: '2' });
  });

  test('strategic merge: keys, $patch delete, $setElementOrder, null', async () => {
    const ports = [
      { name: 'a', port: 1 },
      { name: 'b', port: 2 },
      { name: 'c', port: 3 },
    ];
    await post(world, '/api/v1/namespaces/shop/services', {
      metadata: { name: 'sm', labels: { x: 'y' } },
      spec: { ports },
    });
    const { body } = await patch(world, '/api/v1/namespaces/shop/services/sm', 'strategic-merge-patch', {
      metadata: { labels: { x: null } },
      spec: {
        '$setElementOrder/ports': [{ port: 3 }, { port: 1 }],
        ports: [
          { port: 2, $patch: 'delete' },
          { port: 3, targetPort: 30 },
        ],
      },
    });
    expect(body.metadata.labels).toEqual({});
    expect(body.spec.ports.map((one: Loose) => [one.name, one.targetPort])).toEqual([
      ['c', 30],
      ['a', 1],
    ]);
  });

  test('no two Services get one address, and None stays None', async () => {
    const make = (name: string, spec: Loose = {}) =>
      post(world, '/api/v1/namespaces/shop/services', {
        metadata: { name },
        spec: { ports: [{ port: 80 }], ...spec },
      });
    const [one, two, none] = [await make('ip1'), await make('ip2'), await make('ip3', { clusterIP: 'None' })];
    expect(one.spec.clusterIP).toMatch(/^10\.96\./);
    expect(one.spec.clusterIP).not.toBe(two.spec.clusterIP);
    expect(none.spec.clusterIPs).toEqual(['None']);
    const taken = {
      metadata: { name: 'ip4' },
      spec: { clusterIP: one.spec.clusterIP, ports: [{ port: 80 }] },
    };
    const refused = await world.client.send({
      method: 'POST',
      path: '/api/v1/namespaces/shop/services',
      body: taken,
    });
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringContaining('already allocated'),
    ]);
  });

  test('policyTypes follow from the sections when the policy is made', async () => {
    const path = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies';
    const types = async (name: string, spec: Loose) =>
      (await post(world, path, { metadata: { name }, spec })).spec.policyTypes;
    expect(await types('n1', { podSelector: {} })).toEqual(['Ingress']);
    expect(await types('n2', { podSelector: {}, egress: [{}] })).toEqual(['Ingress', 'Egress']);
    expect(await types('n3', { podSelector: {}, policyTypes: ['Egress'] })).toEqual(['Egress']);
  });
});

describe('ephemeral containers', () => {
  test('a static pod’s mirror refuses them', async () => {
    const mirror = {
      ...pod('mirror'),
      metadata: { name: 'mirror', annotations: { 'kubernetes.io/config.mirror': 'x' } },
    };
    await post(world, PODS, mirror);
    const { status, body } = await inject(world, 'mirror', { name: 'd', image: 'x' });
    expect([status, body.message]).toEqual([
      422,
      expect.stringContaining('static pods do not support ephemeral containers'),
    ]);
  });

  test('subPath mounts and unknown volumes are refused', async () => {
    await post(world, PODS, pod('mounts', { volumes: [{ name: 'v', emptyDir: {} }] }));
    const volumeMounts = [
      { name: 'v', mountPath: '/v', subPath: 'x' },
      { name: 'w', mountPath: '/w' },
    ];
    const { status, body } = await inject(world, 'mounts', { name: 'd', image: 'x', volumeMounts });
    expect(status).toBe(422);
    expect(body.details.causes.map((one: Loose) => one.field)).toEqual([
      'spec.ephemeralContainers[0].volumeMounts[0].subPath',
      'spec.ephemeralContainers[0].volumeMounts[1].name',
    ]);
  });

  test('a labels change in the same patch is dropped, a dry run adds nothing', async () => {
    await post(world, PODS, pod('plain'));
    const path = '/api/v1/namespaces/shop/pods/plain/ephemeralcontainers';
    const body = {
      metadata: { labels: { a: 'b' } },
      spec: { ephemeralContainers: [{ name: 'd', image: 'x' }] },
    };
    const dry = await patch(world, `${path}?dryRun=All`, 'strategic-merge-patch', body);
    expect([dry.status, dry.body.metadata.generation]).toEqual([200, 2]);
    expect(world.store.get('pods', 'shop', 'plain')?.spec.ephemeralContainers).toBeUndefined();
    const real = await patch(world, path, 'strategic-merge-patch', body);
    expect([real.body.metadata.labels, real.body.spec.ephemeralContainers.length]).toEqual([undefined, 1]);
  });
});
