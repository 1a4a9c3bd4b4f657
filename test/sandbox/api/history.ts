/** What watches can be resumed from: the last writes, with what was there before each. */
import type { KubeObject, Store, StoreEvent } from '../contract.ts';

export interface HistoryEntry extends StoreEvent {
  readonly version: number;
  /** The object before this write. */
  readonly before: KubeObject | undefined;
}

export interface History {
  /** Entries after this version; undefined when some of them are forgotten. */
  since(version: number): readonly HistoryEntry[] | undefined;
  subscribe(listener: (entry: HistoryEntry) => void): () => void;
  /** Forgets all, so that older versions answer 410. */
  compact(): void;
  /** The newest version that is forgotten. */
  readonly compacted: number;
  stop(): void;
}

const KEPT = 5_000;

export const createHistory = (store: Store): History => {
  let entries: HistoryEntry[] = [];
  let compacted = Number(store.resourceVersion);
  const latest = new Map<string, KubeObject>();
  const listeners = new Set<(entry: HistoryEntry) => void>();
  const keyOf = (resource: string, { metadata }: KubeObject) =>
    `${resource}/${metadata.namespace ?? ''}/${metadata.name}`;
  const stop = store.watch((event) => {
    const key = keyOf(event.resource, event.object);
    const entry = {
      ...event,
      version: Number(event.object.metadata.resourceVersion),
      before: latest.get(key),
    };
    if (event.type === 'DELETED') latest.delete(key);
    else latest.set(key, event.object);
    entries.push(entry);
    if (entries.length > 2 * KEPT) {
      compacted = entries[KEPT - 1]?.version ?? compacted;
      entries = entries.slice(KEPT);
    }
    for (const listener of [...listeners]) listener(entry);
  });
  return {
    since: (version) =>
      version < compacted ? undefined : entries.filter((entry) => entry.version > version),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compact: () => {
      compacted = Number(store.resourceVersion);
      entries = [];
    },
    get compacted() {
      return compacted;
    },
    stop,
  };
};
