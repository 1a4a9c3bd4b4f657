/** Reads a request's body and applies it as the patch that its Content-Type says. */
import type { IncomingMessage } from 'node:http';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { isRecord, type Loose, parseJson } from './json.ts';
import { jsonMerge } from './patch/json-merge.ts';
import { jsonPatch } from './patch/json-patch.ts';
import { mergeSchemaOf } from './patch/merge-keys.ts';
import { strategicMerge } from './patch/strategic.ts';
import { decodeProtobuf } from './protobuf/decode.ts';
import { badRequest, unsupportedMediaType } from './status.ts';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const OBJECT_TYPES = ['application/json', 'application/yaml', PROTOBUF];
const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

export const mediaTypeOf = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const fromYaml = (text: string): Loose => {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw badRequest(`error decoding YAML: ${error.message}`);
    throw error;
  }
};

const decoders: Readonly<Record<string, (bytes: Buffer) => Loose>> = {
  'application/yaml': (bytes) => fromYaml(bytes.toString('utf8')),
  [PROTOBUF]: decodeProtobuf,
};

/** An object that is sent whole; undefined when there is no body. Throws 415 and 400. */
export const readObject = async (request: IncomingMessage): Promise<Loose> => {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  const type = mediaTypeOf(request);
  if (type !== '' && !OBJECT_TYPES.includes(type)) throw unsupportedMediaType(OBJECT_TYPES);
  const text = bytes.toString('utf8');
  const object = decoders[type]?.(bytes) ?? parseJson(text);
  if (!isRecord(object)) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${JSON.stringify(text.slice(0, 40))} is no object`,
    );
  }
  return object;
};

/** A patch as a function. `apply` is server-side apply, taken as a merge of what is applied. */
export const readPatch = async (
  request: IncomingMessage,
  kind: string,
): Promise<{ readonly type: string; readonly apply: (object: Loose) => Loose; readonly body: Loose }> => {
  const type = mediaTypeOf(request);
  if (!PATCH_TYPES.includes(type)) throw unsupportedMediaType(PATCH_TYPES);
  const text = (await readBytes(request)).toString('utf8');
  const body = type === 'application/apply-patch+yaml' ? fromYaml(text) : parseJson(text);
  const isList = type === 'application/json-patch+json';
  if (isList ? !Array.isArray(body) : !isRecord(body)) {
    throw badRequest(
      `error decoding patch: ${JSON.stringify(text.slice(0, 40))} is no JSON patch of this type`,
    );
  }
  switch (type) {
    case 'application/json-patch+json':
      return { type, body, apply: (object) => jsonPatch(object, body) };
    case 'application/merge-patch+json':
      return { type, body, apply: (object) => jsonMerge(object, body) };
    default:
      return { type, body, apply: (object) => strategicMerge(object, body, mergeSchemaOf(kind)) };
  }
};
