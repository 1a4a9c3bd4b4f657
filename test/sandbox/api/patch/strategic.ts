/** Strategic merge patch with its directives. Source: k8s.io/apimachinery/pkg/util/strategicpatch/patch.go. */
import { copy, deepEqual, isRecord, type Loose } from '../json.ts';
import { badRequest } from '../status.ts';
import { isListSchema, type ListSchema, type MergeSchema } from './merge-keys.ts';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const SET_ORDER = '$setElementOrder/';

type Field = ListSchema | MergeSchema | undefined;
const fieldsOf = (schema: Field): MergeSchema => (schema === undefined || isListSchema(schema) ? {} : schema);

/** A patch applied to nothing: its directives are gone. */
const withoutDirectives = (patch: Loose): Loose => {
  if (Array.isArray(patch)) {
    return patch.filter((item) => !isRecord(item) || item[DIRECTIVE] !== 'delete').map(withoutDirectives);
  }
  if (!isRecord(patch)) return patch;
  const entries = Object.entries(patch).filter(([key, value]) => !key.startsWith('$') && value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutDirectives(value)]));
};

const identityOf =
  (schema: ListSchema) =>
  (item: Loose): Loose =>
    schema.key !== undefined && isRecord(item) ? item[schema.key] : item;

/** Items of the patch in the order asked for, those only on the server kept in theirs. */
const ordered = (
  merged: readonly Loose[],
  server: readonly Loose[],
  wanted: readonly Loose[],
  schema: ListSchema,
) => {
  const identity = identityOf(schema);
  const indexIn = (list: readonly Loose[], item: Loose) =>
    list.findIndex((one) => deepEqual(identity(one), identity(item)));
  const named = merged
    .filter((item) => indexIn(wanted, item) >= 0)
    .sort((left, right) => indexIn(wanted, left) - indexIn(wanted, right));
  const serverOnly = merged
    .filter((item) => indexIn(wanted, item) < 0)
    .sort((left, right) => indexIn(server, left) - indexIn(server, right));
  const result: Loose[] = [];
  while (named.length > 0 || serverOnly.length > 0) {
    const left = serverOnly[0];
    const right = named[0];
    const [l, r] = [indexIn(server, left), right === undefined ? -1 : indexIn(server, right)];
    const leftFirst = named.length === 0 || (serverOnly.length > 0 && l >= 0 && r >= 0 && l < r);
    result.push(leftFirst ? serverOnly.shift() : named.shift());
  }
  return result;
};

const mergeList = (server: readonly Loose[], patch: readonly Loose[], schema: ListSchema, order: Loose) => {
  const identity = identityOf(schema);
  if (patch.some((item) => isRecord(item) && item[DIRECTIVE] === 'replace')) {
    return withoutDirectives(patch.filter((item) => item[DIRECTIVE] !== 'replace'));
  }
  let merged = [...server];
  for (const item of patch) {
    const id = identity(item);
    if (schema.key !== undefined && (id === undefined || id === null)) {
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${schema.key}`);
    }
    const index = merged.findIndex((one) => deepEqual(identity(one), id));
    if (isRecord(item) && item[DIRECTIVE] === 'delete') merged = merged.filter((_, at) => at !== index);
    else if (index < 0) merged.push(withoutDirectives(item));
    else if (schema.key !== undefined) merged[index] = mergeRecord(merged[index], item, schema.item ?? {});
  }
  const kept = patch.filter((item) => !isRecord(item) || item[DIRECTIVE] !== 'delete');
  return ordered(merged, server, order ?? kept, schema);
};

const mergeRecord = (server: Loose, patch: Loose, schema: MergeSchema): Loose => {
  if (patch[DIRECTIVE] === 'replace') return withoutDirectives(patch);
  if (patch[DIRECTIVE] === 'delete') return {};
  const result = { ...server };
  const retained: readonly string[] | undefined = patch[RETAIN_KEYS];
  if (retained !== undefined) {
    for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  }
  for (const [key, value] of Object.entries<Loose>(patch)) {
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      result[field] = (result[field] ?? []).filter((item: Loose) => !value.includes(item));
    }
    // An order without a list of its own only sorts what is there.
    if (key.startsWith(SET_ORDER)) {
      const field = key.slice(SET_ORDER.length);
      const list = schema[field];
      if (patch[field] === undefined && Array.isArray(result[field]) && isListSchema(list)) {
        result[field] = ordered(result[field], result[field], value, list);
      }
    }
    if (key.startsWith('$')) continue;
    const before = result[key];
    const field = schema[key];
    if (value === null) delete result[key];
    else if (isRecord(value) && value[DIRECTIVE] === 'delete') delete result[key];
    else if (isRecord(value) && isRecord(before)) result[key] = mergeRecord(before, value, fieldsOf(field));
    else if (Array.isArray(value) && Array.isArray(before) && isListSchema(field)) {
      result[key] = mergeList(before, value, field, patch[`${SET_ORDER}${key}`]);
    } else result[key] = withoutDirectives(value);
  }
  return result;
};

/** Returns the patched copy. Throws a 400 when an item lacks its merge key. */
export const strategicMerge = (object: Loose, patch: Loose, schema: MergeSchema): Loose =>
  mergeRecord(copy(object), copy(patch), schema);
