/** Watch: one JSON document a line, from a resourceVersion on. */

import type { KubeObject, StoreEvent } from '../contract.ts';
import type { ResourceCall } from './api.ts';
import type { HistoryEntry } from './history.ts';
import type { Loose } from './json.ts';
import { endBody, writeBody } from './output.ts';
import { matchingObjects, renderObject, wantedForm } from './read.ts';
import { groupVersionOf } from './resources.ts';
import { queryMatcher } from './selectors.ts';
import { expired } from './status.ts';

const BOOKMARK_MS = 30_000;

/** The event as this watcher sees it: an object that no longer matches is DELETED, one that begins to is ADDED. */
const seenAs = (
  entry: HistoryEntry,
  matches: (object: KubeObject) => boolean,
): StoreEvent['type'] | undefined => {
  const now = entry.type !== 'DELETED' && matches(entry.object);
  const before = entry.before !== undefined && matches(entry.before);
  if (now) return before ? 'MODIFIED' : 'ADDED';
  return before ? 'DELETED' : undefined;
};

export const watchObjects = (call: ResourceCall): void => {
  const { api, resource, info, query, response } = call;
  wantedForm(call);
  const matches = queryMatcher(resource.plural, query);
  const inScope = (object: KubeObject) =>
    !resource.namespaced || info.namespace === undefined || object.metadata.namespace === info.namespace;
  const from = query.get('resourceVersion') ?? '';
  const sendInitial = query.get('sendInitialEvents') === 'true';
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  const write = (type: string, object: Loose) => writeBody(response, `${JSON.stringify({ type, object })}\n`);
  let seen = Number(api.store.resourceVersion);
  const bookmark = (annotations?: Loose) =>
    write('BOOKMARK', {
      kind: resource.kind,
      apiVersion: groupVersionOf(resource),
      metadata: { resourceVersion: String(seen), creationTimestamp: null, ...annotations },
    });
  const send = (entry: HistoryEntry) => {
    seen = entry.version;
    if (entry.resource !== resource.plural || !inScope(entry.object)) return;
    const type = seenAs(entry, matches);
    if (type === undefined) return;
    // An object that left the selection is shown as it last matched, at the new version.
    const left = type === 'DELETED' && entry.type !== 'DELETED' ? entry.before : undefined;
    const shown =
      left === undefined
        ? entry.object
        : {
            ...left,
            metadata: { ...left.metadata, resourceVersion: String(entry.version) },
          };
    write(type, renderObject(call, shown));
  };

  if (from === '' || from === '0' || sendInitial) {
    for (const object of matchingObjects(call)) write('ADDED', renderObject(call, object));
    if (sendInitial) bookmark({ annotations: { 'k8s.io/initial-events-end': 'true' } });
  } else {
    const missed = api.history.since(Number(from));
    if (missed === undefined) {
      const message = `too old resource version: ${from} (${api.history.compacted})`;
      write('ERROR', expired(message).status);
      endBody(response);
      return;
    }
    for (const entry of missed) send(entry);
  }

  const stop = api.history.subscribe(send);
  const wantsBookmarks = query.get('allowWatchBookmarks') === 'true';
  const bookmarks = setInterval(() => wantsBookmarks && bookmark(), BOOKMARK_MS);
  const limitSeconds = Number(query.get('timeoutSeconds') ?? 0);
  const limit =
    limitSeconds > 0
      ? setTimeout(() => {
          if (wantsBookmarks) bookmark();
          endBody(response);
        }, limitSeconds * 1000)
      : undefined;
  const close = () => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(limit);
  };
  response.once('close', close);
};
