/** The kubelet's events: the same event of the same container counts up. Source: client-go/tools/record. */
import type { KubeObject, Store } from '../contract.ts';
import { NODE_NAME } from './addresses.ts';

export interface EventRecorder {
  /** `fieldPath`: `spec.containers{NAME}`; undefined for the pod as a whole. */
  readonly record: (
    pod: KubeObject,
    fieldPath: string | undefined,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ) => void;
}

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** Only one recorder may write for a node: it names events by time and a counter. */
export const createEvents = (store: Store): EventRecorder => {
  let counter = BigInt(Date.now()) * 1_000_000n;
  return {
    record: (pod, fieldPath, type, reason, message) => {
      const { namespace, name, uid } = pod.metadata;
      const same = store
        .list('events', namespace)
        .find(
          (event) =>
            event.involvedObject?.uid === uid &&
            event.involvedObject?.fieldPath === fieldPath &&
            event.reason === reason &&
            event.message === message,
        );
      if (same !== undefined) {
        store.update('events', namespace, same.metadata.name, (event) => ({
          ...event,
          count: (event.count ?? 1) + 1,
          lastTimestamp: now(),
        }));
        return;
      }
      counter += 1n;
      store.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: {
          name: `${name}.${counter.toString(16)}`,
          ...(namespace === undefined ? {} : { namespace }),
        },
        involvedObject: {
          kind: 'Pod',
          namespace,
          name,
          uid,
          apiVersion: 'v1',
          resourceVersion: pod.metadata.resourceVersion,
          ...(fieldPath === undefined ? {} : { fieldPath }),
        },
        reason,
        message,
        source: { component: 'kubelet', host: NODE_NAME },
        firstTimestamp: now(),
        lastTimestamp: now(),
        count: 1,
        type,
        eventTime: null,
        reportingComponent: 'kubelet',
        reportingInstance: NODE_NAME,
      });
    },
  };
};
