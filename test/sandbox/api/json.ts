/** JSON values of Kubernetes objects: comparing, copying and freezing them. */
import type { KubeObject } from '../contract.ts';

/** A piece of a Kubernetes object whose form only its reader knows; the one loose type of the double. */
export type Loose = KubeObject['spec'];

export const isRecord = (value: Loose): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Same JSON, whatever the order of keys; a key that is undefined counts as missing. */
export const deepEqual = (left: Loose, right: Loose): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => deepEqual(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => deepEqual(left[key], right[key]));
};

/** A private copy of plain JSON data; keys that are undefined are left out. */
export const copy = (value: Loose): Loose => {
  if (Array.isArray(value)) return value.map(copy);
  if (!isRecord(value)) return value;
  const result: Loose = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) result[key] = copy(item);
  return result;
};

export const freeze = (value: Loose): Loose => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
};

/** Parses JSON; undefined when it is none. */
export const parseJson = (text: string): Loose => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
