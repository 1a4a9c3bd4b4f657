/**
 * Kubernetes' protobuf, decoded to the JSON form of the same object: kubectl's typed commands (`auth can-i`, `create
 * deployment`) send it. The message tables in schema.json are taken from the generated.proto files of kubernetes/api and
 * kubernetes/apimachinery (Apache-2.0): number → [flag]name:type; flags: `*` repeated, `%` map to type, `?` a pointer in
 * Go (its zero value counts), `^` inlined into the parent.
 */
import { createRequire } from 'node:module';
import type { Loose } from '../json.ts';
import { readFields, signed, type WireField } from './wire-format.ts';

const schema: Readonly<Record<string, Readonly<Record<string, string>>>> = createRequire(import.meta.url)(
  './schema.json',
);
const MAGIC = Buffer.from('k8s\0', 'latin1');
const FIELD = /^([*%?^]?)([^:]+):(.+)$/;

const text = (field: WireField): string => field.bytes.toString('utf8');

const numbers = (bytes: Buffer): Readonly<Record<number, Loose>> => {
  const found: Record<number, Loose> = {};
  for (const field of readFields(bytes))
    found[field.number] = field.bytes.length > 0 ? text(field) : signed(field.varint);
  return found;
};

const timeText = (bytes: Buffer, digits: number): Loose => {
  const { 1: seconds = 0, 2: nanos = 0 } = numbers(bytes);
  if (bytes.length === 0) return undefined;
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return digits === 0 ? `${whole}Z` : `${whole}.${String(nanos).padStart(9, '0').slice(0, digits)}Z`;
};

/** Messages that JSON writes in a form of its own. */
const SPECIAL: Readonly<Record<string, (bytes: Buffer) => Loose>> = {
  'meta.Time': (bytes) => timeText(bytes, 0),
  'meta.MicroTime': (bytes) => timeText(bytes, 6),
  'resource.Quantity': (bytes) => numbers(bytes)[1] ?? '0',
  'intstr.IntOrString': (bytes) => {
    const { 1: type = 0, 2: number = 0, 3: string = '' } = numbers(bytes);
    return type === 0 ? number : string;
  },
};

const fieldValue = (type: string, field: WireField): Loose => {
  switch (type) {
    case 'string':
      return text(field);
    case 'bytes':
      return field.bytes.toString('base64');
    case 'bool':
      return field.varint !== 0n;
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
      return signed(field.varint);
    case 'double':
      return field.bytes.readDoubleLE(0);
    default:
      return (SPECIAL[type] ?? ((bytes: Buffer) => decodeMessage(type, bytes)))(field.bytes);
  }
};

/** Go's omitempty: a value that is not behind a pointer and is zero is no value. */
const isZero = (value: Loose): boolean =>
  value === undefined ||
  value === '' ||
  value === 0 ||
  value === false ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

/** authorization's ExtraValue is a list in JSON, a message with items on the wire. */
const unwrapped = (type: string, value: Loose): Loose => (type.endsWith('.ExtraValue') ? value.items : value);

const mapEntry = (type: string, bytes: Buffer): readonly [string, Loose] => {
  const fields = readFields(bytes);
  const key = fields.find(({ number }) => number === 1);
  const value = fields.find(({ number }) => number === 2);
  const empty = { number: 2, bytes: Buffer.alloc(0), varint: 0n };
  return [key === undefined ? '' : text(key), unwrapped(type, fieldValue(type, value ?? empty))];
};

const decodeMessage = (name: string, bytes: Buffer): Loose => {
  const table = schema[name];
  if (table === undefined) throw new Error(`no protobuf message ${name}`);
  const result: Loose = {};
  for (const field of readFields(bytes)) {
    const [, flag, key = '', type = ''] = FIELD.exec(table[field.number] ?? '') ?? [];
    if (key === '') continue;
    if (flag === '%') {
      const [entry, value] = mapEntry(type, field.bytes);
      result[key] = { ...result[key], [entry]: value };
      continue;
    }
    const value = unwrapped(type, fieldValue(type, field));
    if (flag === '*') result[key] = [...(result[key] ?? []), value];
    else if (flag === '^') Object.assign(result, value);
    else if (flag === '?' || !isZero(value)) result[key] = value;
  }
  return result;
};

const messageOf = (apiVersion: string, kind: string): string => {
  if (kind === 'DeleteOptions') return 'meta.DeleteOptions';
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : 'core';
  return `${group.split('.')[0]}.${kind}`;
};

/** The object in a body of `application/vnd.kubernetes.protobuf`; undefined when it is none, or of a kind not known here. */
export const decodeProtobuf = (body: Buffer): Loose => {
  if (!body.subarray(0, 4).equals(MAGIC)) return undefined;
  const fields = readFields(body.subarray(4));
  const typeMeta = fields.find(({ number }) => number === 1);
  const raw = fields.find(({ number }) => number === 2);
  const { 1: apiVersion = '', 2: kind = '' } = numbers(typeMeta?.bytes ?? Buffer.alloc(0));
  const name = messageOf(apiVersion, kind);
  if (schema[name] === undefined) return undefined;
  return { apiVersion, kind, ...decodeMessage(name, raw?.bytes ?? Buffer.alloc(0)) };
};
