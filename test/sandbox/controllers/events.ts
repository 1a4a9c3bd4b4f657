/** Events that controllers write about objects. */
import { timestamp } from '../api/store.ts';
import type { KubeObject, Store } from '../contract.ts';

let counter = BigInt(Date.now()) * 1_000_000n;

export const recordEvent = (
  store: Store,
  about: KubeObject,
  event: {
    readonly component: string;
    readonly type: 'Normal' | 'Warning';
    readonly reason: string;
    readonly message: string;
    /** The scheduler writes the newer form: eventTime and action in place of count and source. */
    readonly action?: string;
  },
): void => {
  const { name, namespace, uid, resourceVersion } = about.metadata;
  const { component, type, reason, message, action } = event;
  const same = store
    .list('events', namespace)
    .find((one) => one.involvedObject.uid === uid && one.reason === reason && one.message === message);
  if (same !== undefined) {
    if (action !== undefined) return;
    store.update('events', namespace, same.metadata.name, (one) => ({
      ...one,
      count: (one.count ?? 1) + 1,
      lastTimestamp: timestamp(),
    }));
    return;
  }
  counter += 1n;
  store.create('events', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${counter.toString(16)}`, namespace: namespace ?? 'default' },
    involvedObject: { kind: about.kind, namespace, name, uid, apiVersion: about.apiVersion, resourceVersion },
    reason,
    message,
    source: action === undefined ? { component } : {},
    firstTimestamp: action === undefined ? timestamp() : null,
    lastTimestamp: action === undefined ? timestamp() : null,
    ...(action === undefined ? { count: 1 } : {}),
    type,
    eventTime: action === undefined ? null : new Date().toISOString().replace('Z', '000Z'),
    ...(action === undefined ? {} : { action }),
    reportingComponent: component,
    reportingInstance: action === undefined ? '' : `${component}-sandbox`,
  });
};
