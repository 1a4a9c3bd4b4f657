/** metav1.Status: how the API server refuses. Message forms from k8s.io/apimachinery/pkg/api/errors. */
import { isRecord, type Loose } from './json.ts';

/** One invalid field of an object. `detail` follows the kind's own words. */
export interface FieldProblem {
  readonly type: 'required' | 'invalid' | 'duplicate' | 'forbidden' | 'notFound' | 'notSupported';
  readonly field: string;
  readonly value?: Loose;
  readonly detail?: string;
}

/** Thrown anywhere below a request; becomes the response. */
export class ApiError extends Error {
  readonly status: Loose;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: Loose, headers: Readonly<Record<string, string>> = {}) {
    super(status.message);
    this.name = 'ApiError';
    this.status = status;
    this.headers = headers;
  }
}

/** A failure Status as it goes over the wire. `reason` and `details` are left out when empty. */
export const failure = (code: number, reason: string, message: string, details?: Loose): Loose => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  ...(reason === '' ? {} : { reason }),
  ...(details === undefined ? {} : { details }),
  code,
});

const detailsOf = (group: string, resource: string, name: string | undefined, more: Loose = {}): Loose => ({
  ...(name ? { name } : {}),
  ...(group === '' ? {} : { group }),
  kind: resource,
  ...more,
});

/** `deployments.apps`, `pods`. */
export const qualified = (group: string, resource: string): string =>
  group === '' ? resource : `${resource}.${group}`;

export const notFound = (group: string, resource: string, name: string): ApiError =>
  new ApiError(
    failure(
      404,
      'NotFound',
      `${qualified(group, resource)} "${name}" not found`,
      detailsOf(group, resource, name),
    ),
  );

export const alreadyExists = (group: string, resource: string, name: string): ApiError =>
  new ApiError(
    failure(
      409,
      'AlreadyExists',
      `${qualified(group, resource)} "${name}" already exists`,
      detailsOf(group, resource, name),
    ),
  );

export const conflict = (group: string, resource: string, name: string, why: string): ApiError =>
  new ApiError(
    failure(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${qualified(group, resource)} "${name}": ${why}`,
      detailsOf(group, resource, name),
    ),
  );

export const forbidden = (group: string, resource: string, name: string | undefined, why: string): ApiError =>
  new ApiError(
    failure(
      403,
      'Forbidden',
      `${qualified(group, resource)}${name ? ` "${name}"` : ''} is forbidden: ${why}`,
      detailsOf(group, resource, name),
    ),
  );

export const badRequest = (message: string): ApiError => new ApiError(failure(400, 'BadRequest', message));

export const internalError = (message: string): ApiError =>
  new ApiError(
    failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] }),
  );

export const unauthorized = (): ApiError => new ApiError(failure(401, 'Unauthorized', 'Unauthorized'));

export const methodNotAllowed = (): ApiError =>
  new ApiError(
    failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {}),
  );

export const unsupportedMediaType = (accepted: readonly string[]): ApiError =>
  new ApiError(
    failure(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
    ),
  );

export const expired = (message: string): ApiError => new ApiError(failure(410, 'Expired', message));

const REASONS: Readonly<Record<FieldProblem['type'], string>> = {
  required: 'FieldValueRequired',
  invalid: 'FieldValueInvalid',
  duplicate: 'FieldValueDuplicate',
  forbidden: 'FieldValueForbidden',
  notFound: 'FieldValueNotFound',
  notSupported: 'FieldValueNotSupported',
};
const WORDS: Readonly<Record<FieldProblem['type'], string>> = {
  required: 'Required value',
  invalid: 'Invalid value',
  duplicate: 'Duplicate value',
  forbidden: 'Forbidden',
  notFound: 'Not found',
  notSupported: 'Unsupported value',
};
const SAYS_VALUE: readonly FieldProblem['type'][] = ['invalid', 'duplicate', 'notFound', 'notSupported'];

const problemText = (problem: FieldProblem): string => {
  const shown = isRecord(problem.value) || Array.isArray(problem.value) ? problem.value : `${problem.value}`;
  const value =
    typeof problem.value === 'number' || typeof problem.value === 'boolean'
      ? `${problem.value}`
      : JSON.stringify(shown);
  const parts = [WORDS[problem.type]];
  if (SAYS_VALUE.includes(problem.type)) parts.push(value);
  if (problem.detail) parts.push(problem.detail);
  return parts.join(': ');
};

/** 422. */
export const invalid = (
  group: string,
  kind: string,
  name: string,
  problems: readonly FieldProblem[],
): ApiError => {
  const texts = problems.map((problem) => `${problem.field}: ${problemText(problem)}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const causes = problems.map((problem) => ({
    reason: REASONS[problem.type],
    message: problemText(problem),
    field: problem.field,
  }));
  return new ApiError(
    failure(
      422,
      'Invalid',
      `${qualified(group, kind)} "${name}" is invalid: ${list}`,
      detailsOf(group, kind, name, { causes }),
    ),
  );
};
