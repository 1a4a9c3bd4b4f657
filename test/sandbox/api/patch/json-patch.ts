/** JSON patch, RFC 6902. Refusals as evanphx/json-patch words them. */
import { copy, deepEqual, isRecord, type Loose } from '../json.ts';
import { ApiError, failure } from '../status.ts';

const refuse = (message: string): never => {
  throw new ApiError(
    failure(422, 'Invalid', `the server rejected our request due to an error in our request: ${message}`, {}),
  );
};

const pointer = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const read = (document: Loose, parts: readonly string[]): Loose =>
  parts.reduce((value, key) => (value === undefined || value === null ? undefined : value[key]), document);

const parentOf = (document: Loose, path: string): { parent: Loose; key: string } => {
  const parts = pointer(path);
  const parent = read(document, parts.slice(0, -1));
  if (!isRecord(parent) && !Array.isArray(parent)) {
    return refuse(`doc is missing path: "${path}": missing value`);
  }
  return { parent, key: parts.at(-1) ?? '' };
};

const add = (document: Loose, path: string, value: Loose): void => {
  const { parent, key } = parentOf(document, path);
  if (!Array.isArray(parent)) {
    parent[key] = value;
    return;
  }
  const index = key === '-' ? parent.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > parent.length) refuse(`invalid array index: ${key}`);
  parent.splice(index, 0, value);
};

const remove = (document: Loose, path: string): Loose => {
  const { parent, key } = parentOf(document, path);
  if (!(key in parent))
    refuse(`remove operation does not apply: doc is missing path: "${path}": missing value`);
  if (Array.isArray(parent)) return parent.splice(Number(key), 1)[0];
  const value = parent[key];
  delete parent[key];
  return value;
};

/** Returns the patched copy; throws 422 when an operation does not apply. */
export const jsonPatch = (object: Loose, operations: readonly Loose[]): Loose => {
  const document = copy(object);
  for (const { op, path, from, value } of operations) {
    switch (op) {
      case 'add':
        add(document, path, copy(value));
        break;
      case 'remove':
        remove(document, path);
        break;
      case 'replace':
        remove(document, path);
        add(document, path, copy(value));
        break;
      case 'move':
        add(document, path, remove(document, from));
        break;
      case 'copy':
        add(document, path, copy(read(document, pointer(from))));
        break;
      case 'test':
        if (!deepEqual(read(document, pointer(path)), value))
          refuse(`testing value ${path} failed: test failed`);
        break;
      default:
        refuse(`unexpected kind: ${op}`);
    }
  }
  return document;
};
