/** The controllers: what becomes of applied objects, and what of them goes when their owner does. */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createStore } from '../sandbox/api/index.ts';
import type { Loose } from '../sandbox/api/json.ts';
import type { KubeObject, Store } from '../sandbox/contract.ts';
import { type Controllers, startControllers } from '../sandbox/controllers/index.ts';
import { eventually } from './client.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
const node = (store: Store, name: string, spec: Loose = {}) =>
  store.create('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { disk: name } }, spec });

const settled = () => eventually('controllers', () => world.controllers.idle());
const running = (pod: KubeObject, ready: boolean, podIP: string) =>
  world.store.update('pods', pod.metadata.namespace, pod.metadata.name, (current) => ({
    ...current,
    status: {
      ...current.status,
      phase: 'Running',
      podIP,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  }));
const podsOf = (label: string) =>
  world.store.list('pods', 'shop').filter((pod) => pod.metadata.labels?.app === label);

beforeEach(async () => {
  await world?.stop();
  world = await startWorld();
  node(world.store, 'node-1');
  await createNamespace(world, 'shop');
});
afterAll(() => world?.stop());

const template = (app: string, spec: Loose = {}): Loose => ({
  metadata: { labels: { app } },
  spec: {
    containers: [
      { name: 'app', image: 'docker.io/lab/web:1', ports: [{ name: 'http', containerPort: 8080 }] },
    ],
    ...spec,
  },
});
const apps = (kind: string, name: string, spec: Loose = {}): Promise<Loose> =>
  post(world, `/apis/apps/v1/namespaces/shop/${kind.toLowerCase()}s`, {
    kind,
    apiVersion: 'apps/v1',
    metadata: { name },
    spec: { selector: { matchLabels: { app: name } }, template: template(name), ...spec },
  });
const remove = (path: string, policy = 'Background') =>
  world.client.send({ method: 'DELETE', path: `${path}?propagationPolicy=${policy}&gracePeriodSeconds=0` });

describe('workloads', () => {
  test('a Deployment makes its pods anew when the template changes, and takes all along when it goes', async () => {
    await apps('Deployment', 'web', { replicas: 2 });
    await settled();
    const first = podsOf('web').map((pod) => pod.metadata.name);
    expect(first.length).toBe(2);
    for (const pod of podsOf('web')) running(pod, true, '10.244.0.1');
    await world.client.send({
      method: 'PATCH',
      path: '/apis/apps/v1/namespaces/shop/deployments/web',
      headers: { 'Content-Type': 'application/strategic-merge-patch+json' },
      body: { spec: { template: { spec: { containers: [{ name: 'app', image: 'docker.io/lab/web:2' }] } } } },
    });
    await settled();
    // The old ones stay until the new are ready.
    expect(podsOf('web').length).toBe(4);
    for (const pod of podsOf('web')) if (!first.includes(pod.metadata.name)) running(pod, true, '10.244.0.9');
    await settled();
    const active = podsOf('web').filter((pod) => pod.metadata.deletionTimestamp === undefined);
    expect(active.map((pod) => pod.spec.containers[0].image)).toEqual([
      'docker.io/lab/web:2',
      'docker.io/lab/web:2',
    ]);
    await remove('/apis/apps/v1/namespaces/shop/deployments/web');
    await settled();
    expect(world.store.list('replicasets', 'shop')).toEqual([]);
    expect(podsOf('web').filter((pod) => pod.metadata.deletionTimestamp === undefined)).toEqual([]);
  });

  test('with Orphan, what it made stays', async () => {
    await apps('ReplicaSet', 'kept', { replicas: 1 });
    await settled();
    await remove('/apis/apps/v1/namespaces/shop/replicasets/kept', 'Orphan');
    await settled();
    const [pod] = podsOf('kept');
    expect([pod?.metadata.deletionTimestamp, pod?.metadata.ownerReferences]).toEqual([undefined, []]);
  });

  test('a ReplicaSet adopts a pod that matches and has no owner, and ends one that is too many', async () => {
    await apps('ReplicaSet', 'rs', { replicas: 1 });
    await settled();
    for (const pod of podsOf('rs')) running(pod, true, '10.244.0.1');
    await post(world, '/api/v1/namespaces/shop/pods', {
      ...template('rs'),
      metadata: { name: 'jump', labels: { app: 'rs' } },
    });
    await settled();
    const active = podsOf('rs').filter((pod) => pod.metadata.deletionTimestamp === undefined);
    expect(active.map((pod) => pod.metadata.name)).not.toContain('jump');
    expect(active.length).toBe(1);
  });

  test('a look-alike with a non-controlling owner is left alone', async () => {
    await apps('ReplicaSet', 'rs', { replicas: 1 });
    await settled();
    const [owner] = podsOf('rs');
    const reference = {
      apiVersion: 'v1',
      kind: 'Pod',
      name: owner?.metadata.name,
      uid: owner?.metadata.uid,
      controller: false,
    };
    const metadata = { name: 'jump', labels: { app: 'rs' }, ownerReferences: [reference] };
    await post(world, '/api/v1/namespaces/shop/pods', { ...template('rs'), metadata });
    await settled();
    expect(world.store.get('pods', 'shop', 'jump')?.metadata.deletionTimestamp).toBeUndefined();
    world.store.delete('pods', 'shop', owner?.metadata.name ?? '');
    await settled();
    expect(world.store.get('pods', 'shop', 'jump')?.metadata.deletionTimestamp).toBeDefined();
  });

  test('a StatefulSet starts its pods in turn, a DaemonSet one on each node that fits, a Job until enough succeed', async () => {
    await apps('StatefulSet', 'db', { replicas: 2, serviceName: 'db' });
    await settled();
    expect(podsOf('db').map((pod) => pod.metadata.name)).toEqual(['db-0']);
    for (const pod of podsOf('db')) running(pod, true, '10.244.0.1');
    await settled();
    expect(podsOf('db').map((pod) => pod.metadata.name)).toEqual(['db-0', 'db-1']);

    node(world.store, 'node-2');
    await apps('DaemonSet', 'ds', { template: template('ds', { nodeSelector: { disk: 'node-2' } }) });
    await settled();
    expect(podsOf('ds').map((pod) => pod.spec.nodeName)).toEqual(['node-2']);

    const job = {
      metadata: { name: 'j' },
      spec: { completions: 2, template: template('j', { restartPolicy: 'Never' }) },
    };
    await post(world, '/apis/batch/v1/namespaces/shop/jobs', job);
    for (let round = 0; round < 2; round += 1) {
      await settled();
      for (const pod of podsOf('j')) {
        world.store.update('pods', 'shop', pod.metadata.name, (one) => ({
          ...one,
          status: { phase: 'Succeeded' },
        }));
      }
    }
    await settled();
    expect(podsOf('j').length).toBe(2);
    expect(world.store.get('jobs', 'shop', 'j')?.status.conditions[0].type).toBe('Complete');
  });

  test('what Pod Security refuses is told by an event of the ReplicaSet', async () => {
    await createNamespace(world, 'strict', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await post(world, '/apis/apps/v1/namespaces/strict/replicasets', {
      metadata: { name: 'rs' },
      spec: { replicas: 1, selector: { matchLabels: { app: 'rs' } }, template: template('rs') },
    });
    await settled();
    const [event] = world.store.list('events', 'strict');
    expect([event?.reason, event?.message]).toEqual([
      'FailedCreate',
      expect.stringContaining('violates PodSecurity "restricted:latest"'),
    ]);
  });
});

describe('scheduler', () => {
  test('taints hold a pod back until it tolerates them or they go', async () => {
    world.store.update('nodes', undefined, 'node-1', (one) => ({
      ...one,
      spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] },
    }));
    await post(world, '/api/v1/namespaces/shop/pods', { ...template('t'), metadata: { name: 't' } });
    await settled();
    const found = () => world.store.get('pods', 'shop', 't');
    expect([found()?.spec.nodeName, found()?.status.conditions[0].reason]).toEqual([
      undefined,
      'Unschedulable',
    ]);
    world.store.update('nodes', undefined, 'node-1', (one) => ({ ...one, spec: {} }));
    await settled();
    expect(found()?.spec.nodeName).toBe('node-1');
  });
});

describe('endpoints', () => {
  const service = (name: string, spec: Loose) =>
    post(world, '/api/v1/namespaces/shop/services', { metadata: { name }, spec });
  const slices = (name: string) =>
    world.store
      .list('endpointslices', 'shop')
      .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === name);
  const addPod = async (name: string, ready: boolean, ip: string, containerPort = 8080) => {
    const ports = [{ name: 'http', containerPort }];
    const body = {
      metadata: { name, labels: { app: 'a' } },
      spec: { containers: [{ name: 'c', image: 'x', ports }] },
    };
    await post(world, '/api/v1/namespaces/shop/pods', body);
    await settled();
    const pod = world.store.get('pods', 'shop', name);
    if (pod !== undefined) running(pod, ready, ip);
    await settled();
  };
  const conditions = (name: string) =>
    slices(name)[0]?.endpoints.map((one: Loose) => [one.addresses[0], one.conditions.ready]);

  test('readiness, publishNotReadyAddresses, headless, and a deleted pod', async () => {
    await service('ready', { selector: { app: 'a' }, ports: [{ port: 80, targetPort: 'http' }] });
    await service('all', { selector: { app: 'a' }, ports: [{ port: 80 }], publishNotReadyAddresses: true });
    await service('none', { clusterIP: 'None', selector: { app: 'a' } });
    await addPod('p1', true, '10.244.0.1');
    await addPod('p2', false, '10.244.0.2');
    expect(conditions('ready')).toEqual([
      ['10.244.0.1', true],
      ['10.244.0.2', false],
    ]);
    expect(conditions('all')).toEqual([
      ['10.244.0.1', true],
      ['10.244.0.2', true],
    ]);
    expect([
      slices('none')[0]?.ports,
      slices('none')[0]?.metadata.labels?.['service.kubernetes.io/headless'],
    ]).toEqual([null, '']);
    const endpoints = world.store.get('endpoints', 'shop', 'ready');
    expect(endpoints?.subsets[0].addresses.map((one: Loose) => one.ip)).toEqual(['10.244.0.1']);
    expect(endpoints?.subsets[0].notReadyAddresses.map((one: Loose) => one.ip)).toEqual(['10.244.0.2']);
    world.store.delete('pods', 'shop', 'p1');
    await settled();
    expect(conditions('ready')).toEqual([['10.244.0.2', false]]);
  });

  test('a named port that means different numbers makes two slices', async () => {
    await service('named', {
      selector: { app: 'a' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    });
    await addPod('p1', true, '10.244.0.1', 8080);
    await addPod('p2', true, '10.244.0.2', 9090);
    expect(
      slices('named')
        .map((slice) => slice.ports[0].port)
        .sort(),
    ).toEqual([8080, 9090]);
  });

  test('slices of a Service without selector are the user’s', async () => {
    await service('manual', { ports: [{ port: 80 }] });
    const labels = { 'kubernetes.io/service-name': 'manual' };
    await post(world, '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices', {
      metadata: { name: 'mine', labels },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.9.9.9'] }],
      ports: [{ port: 80 }],
    });
    await settled();
    expect(slices('manual').map((slice) => slice.metadata.name)).toEqual(['mine']);
  });
});

test('a namespace is furnished when it comes and emptied before it goes', async () => {
  await settled();
  expect(world.store.get('serviceaccounts', 'shop', 'default')).toBeDefined();
  expect(world.store.get('configmaps', 'shop', 'kube-root-ca.crt')?.data['ca.crt']).toContain(
    'BEGIN CERTIFICATE',
  );
  await apps('Deployment', 'web', { replicas: 1 });
  await settled();
  await remove('/api/v1/namespaces/shop');
  await settled();
  // Its pod is on a node, whose kubelet has not let go of it.
  expect(world.store.get('namespaces', undefined, 'shop')?.status.phase).toBe('Terminating');
  for (const pod of world.store.list('pods', 'shop')) world.store.delete('pods', 'shop', pod.metadata.name);
  await settled();
  expect(world.store.get('namespaces', undefined, 'shop')).toBeUndefined();
});

test('started over a store that is full already, they catch up', async () => {
  const store = createStore();
  node(store, 'node-1');
  store.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'x' },
    spec: { schedulerName: 'default-scheduler', containers: [] },
  });
  const controllers: Controllers = startControllers(store);
  await eventually('the scheduler', () => store.get('pods', 'x', 'p')?.spec.nodeName === 'node-1');
  controllers.stop();
});
