/** Starts the controllers that make applied objects live. Each watches the store and writes back to it. */
import type { KubeObject, Store, StoreEvent } from '../contract.ts';
import { reconcileDaemonSet } from './daemon-sets.ts';
import { reconcileDeployment } from './deployments.ts';
import { reconcileEndpointSlices } from './endpoint-slices.ts';
import { reconcileEndpoints } from './endpoints.ts';
import { collectGarbage } from './garbage-collector.ts';
import { reconcileJob } from './jobs.ts';
import { reconcileNamespace } from './namespaces.ts';
import { keyOf, ownerKey } from './owners.ts';
import { createQueue } from './queue.ts';
import { reconcileReplicaSet } from './replica-sets.ts';
import { needsScheduling, schedule } from './scheduler.ts';
import { reconcileStatefulSet } from './stateful-sets.ts';

export interface Controllers {
  /** No controller has work waiting: what could be made of the store has been made. */
  idle(): boolean;
  stop(): void;
}

/** `caPem` is what the ConfigMap kube-root-ca.crt of each namespace holds. */
export const startControllers = (store: Store, caPem = ''): Controllers => {
  const workloads = [
    { resource: 'deployments', kind: 'Deployment', reconcile: reconcileDeployment },
    { resource: 'replicasets', kind: 'ReplicaSet', reconcile: reconcileReplicaSet },
    { resource: 'statefulsets', kind: 'StatefulSet', reconcile: reconcileStatefulSet },
    { resource: 'daemonsets', kind: 'DaemonSet', reconcile: reconcileDaemonSet },
    { resource: 'jobs', kind: 'Job', reconcile: reconcileJob },
  ].map((one) => ({ ...one, queue: createQueue(one.resource, (key) => one.reconcile(store, key)) }));
  const scheduler = createQueue('scheduler', (key) => schedule(store, key));
  const services = createQueue('endpoints', (key) => {
    reconcileEndpointSlices(store, key);
    reconcileEndpoints(store, key);
  });
  const namespaces = createQueue('namespaces', (name) => reconcileNamespace(store, name, caPem));
  const garbage = createQueue('garbage-collector', () => collectGarbage(store));

  const all = (resource: string): readonly KubeObject[] => store.list(resource);
  const onPod = (pod: KubeObject) => {
    if (needsScheduling(pod)) scheduler.add(keyOf(pod));
    for (const service of store.list('services', pod.metadata.namespace)) services.add(keyOf(service));
    // A pod without owner may be what a ReplicaSet takes over.
    if (pod.metadata.ownerReferences === undefined) {
      for (const { resource, queue } of workloads) {
        if (resource !== 'replicasets') continue;
        for (const set of store.list(resource, pod.metadata.namespace)) queue.add(keyOf(set));
      }
    }
  };
  const onNode = () => {
    for (const pod of all('pods')) if (needsScheduling(pod)) scheduler.add(keyOf(pod));
    for (const { resource, queue } of workloads) {
      if (resource === 'daemonsets') for (const set of all(resource)) queue.add(keyOf(set));
    }
  };
  const onEvent = ({ type, resource, object }: StoreEvent) => {
    for (const one of workloads) {
      if (one.resource === resource) one.queue.add(keyOf(object));
      const owner = ownerKey(object, one.kind);
      if (owner !== undefined) one.queue.add(owner);
    }
    if (resource === 'pods') onPod(object);
    if (resource === 'nodes') onNode();
    if (resource === 'services') services.add(keyOf(object));
    if (resource === 'namespaces') namespaces.add(object.metadata.name);
    const namespace = object.metadata.namespace;
    const going = store.get('namespaces', undefined, namespace ?? '')?.metadata.deletionTimestamp;
    if (namespace !== undefined && going !== undefined) namespaces.add(namespace);
    const waits = object.metadata.deletionTimestamp !== undefined && type === 'MODIFIED';
    const owned = type === 'ADDED' && object.metadata.ownerReferences !== undefined;
    if (type === 'DELETED' || waits || owned) garbage.add('all');
  };
  const stop = store.watch(onEvent);
  for (const resource of [
    'namespaces',
    'nodes',
    'services',
    'pods',
    ...workloads.map((one) => one.resource),
  ]) {
    for (const object of all(resource)) onEvent({ type: 'ADDED', resource, object });
  }
  const queues = [scheduler, services, namespaces, garbage, ...workloads.map((one) => one.queue)];
  return {
    idle: () => queues.every((queue) => queue.idle()),
    stop: () => {
      stop();
      for (const queue of queues) queue.stop();
    },
  };
};
