/** The places of a case that a cluster, or a tool in the pod, fills with text of its own choice. */
import { caseSchema } from '../../src/model/case.ts';

/** As JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** From the root: `evidence`, `podEvents`, `value`, 0, `message`. */
export type Path = readonly (string | number)[];

const pathsIn = (value: Json, at: Path): readonly Path[] => {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...at, index]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...at, key]));
};

/** The case with other text at some of its places. */
export const withText = (value: Json, paths: readonly Path[], change: (text: string) => string): Json => {
  const copy: unknown = structuredClone(value);
  for (const path of paths) {
    let holder: unknown = copy;
    for (const key of path.slice(0, -1)) holder = Reflect.get(Object(holder), key);
    const last = path.at(-1) ?? '';
    Reflect.set(Object(holder), last, change(String(Reflect.get(Object(holder), last))));
  }
  return copy as Json;
};

/** The same place of all elements of a list: `evidence.podEvents.value.*.message`. */
export const kindOf = (path: Path): string =>
  path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');

/**
 * Every string that no schema pins (an enumeration, a literal). What the case says of itself and what joins its parts stays: the
 * ids of asks, by which runs are read.
 */
export const openPlaces = (value: Json): readonly Path[] => {
  const open = new Map<string, boolean>();
  return pathsIn(value, []).filter((path) => {
    const kind = kindOf(path);
    if (kind === 'gatheredAt' || kind.endsWith('s.*.id') || kind === 'asks.*.probe') return false;
    const known = open.get(kind);
    if (known !== undefined) return known;
    const isOpen = caseSchema.safeParse(withText(value, [path], () => 'Any text')).success;
    open.set(kind, isOpen);
    return isOpen;
  });
};
