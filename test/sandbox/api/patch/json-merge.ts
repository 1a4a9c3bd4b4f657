/** JSON merge patch, RFC 7386. */
import { isRecord, type Loose } from '../json.ts';

export const jsonMerge = (target: Loose, patch: Loose): Loose => {
  if (!isRecord(patch)) return patch;
  const result: Loose = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = jsonMerge(result[key], value);
  }
  return result;
};
