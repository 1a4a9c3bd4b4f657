/** A refusal: what the server says of it, and what it means. */

/** The server's own words for a refusal: a Kubernetes Status, or plain text from whatever stands before it. */
export interface ApiFailure {
  readonly httpStatus: number;
  readonly reason: string | undefined;
  readonly message: string;
  readonly details: { readonly name?: string | undefined; readonly kind?: string | undefined } | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const parseFailure = (httpStatus: number, text: string): ApiFailure => {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body) && body.kind === 'Status') {
      const details = isRecord(body.details) ? body.details : undefined;
      return {
        httpStatus,
        reason: asString(body.reason),
        message: asString(body.message) ?? '',
        details: details && { name: asString(details.name), kind: asString(details.kind) },
      };
    }
  } catch {
    // Plain text: an API group that is not installed, or a proxy's page.
  }
  return { httpStatus, reason: undefined, message: text.trim().slice(0, 500), details: undefined };
};

/** In the server's own words; any other 403 is about the resource. */
export const isImpersonationRefused = ({ httpStatus, message }: ApiFailure): boolean =>
  httpStatus === 403 && / cannot impersonate resource /.test(message);

/** Somebody else wrote the object at that moment. AlreadyExists is a 409, too, and stays one. */
export const isConflict = ({ httpStatus, reason }: ApiFailure): boolean =>
  httpStatus === 409 && reason === 'Conflict';
