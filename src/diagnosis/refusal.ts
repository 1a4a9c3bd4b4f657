/** Reads why the API server refused the debug container. The texts are those of shared/api and of the admission plugins' sources. */
import { deniedRight } from '../denied-right.ts';
import type { Entry } from '../model/entry.ts';
import type { MissingRight } from '../model/evidence.ts';
import { unique } from './wording.ts';

/** It said no; it could not be called, and stands in the way for as long; or it cannot be asked in a dry run. */
export type AdmissionHow = 'denied' | 'not-called' | 'no-dry-run';

export type Refusal =
  /** RBAC, or another authorizer. */
  | { readonly kind: 'access'; readonly right: MissingRight | undefined }
  /** Pod Security. `containers`: those that the message names; it may also be the pod as a whole. */
  | { readonly kind: 'pod-security'; readonly level: string; readonly containers: readonly string[] }
  /** A webhook, a ValidatingAdmissionPolicy, or another admission plugin; `by` names it. */
  | { readonly kind: 'admission'; readonly by: string; readonly how: AdmissionHow }
  | { readonly kind: 'static-pod' }
  | { readonly kind: 'no-subresource' }
  | { readonly kind: 'no-pod' }
  | { readonly kind: 'other' };

const POD_SECURITY = /violates PodSecurity "(?<level>[^"]+)"/;
const NAMED_CONTAINERS = /containers? (?<names>"[^"]+"(?:, "[^"]+")*) must/g;
const ADMISSION: readonly { readonly text: RegExp; readonly what: string; readonly how?: AdmissionHow }[] = [
  { text: /admission webhook "(?<name>[^"]+)" denied the request/, what: 'webhook' },
  { text: /failed calling webhook "(?<name>[^"]+)"/, what: 'webhook', how: 'not-called' },
  { text: /admission webhook "(?<name>[^"]+)" does not support dry run/, what: 'webhook', how: 'no-dry-run' },
  {
    text: /ValidatingAdmissionPolicy '(?<name>[^']+)' with binding '[^']+' denied request/,
    what: 'ValidatingAdmissionPolicy',
  },
];

export const OPENSHIFT_SCC = "OpenShift's admission (SecurityContextConstraints)";

const accessRefusal = (message: string): Refusal | undefined => {
  const right = deniedRight(message);
  return right === undefined ? undefined : { kind: 'access', right };
};

const podSecurityRefusal = (message: string): Refusal | undefined => {
  const level = POD_SECURITY.exec(message)?.groups?.level;
  if (level === undefined) return undefined;
  const quoted = [...message.matchAll(NAMED_CONTAINERS)].flatMap((match) => match.groups?.names ?? []);
  const containers = unique(quoted.flatMap((names) => names.split(', ').map((name) => name.slice(1, -1))));
  return { kind: 'pod-security', level, containers };
};

const namedAdmission = (message: string): Refusal | undefined => {
  for (const { text, what, how = 'denied' } of ADMISSION) {
    const name = text.exec(message)?.groups?.name;
    if (name !== undefined) return { kind: 'admission', by: `${what} ${name}`, how };
  }
  if (message.includes('unable to validate against any security context constraint'))
    return { kind: 'admission', by: OPENSHIFT_SCC, how: 'denied' };
  return undefined;
};

export const readRefusal = (entry: Extract<Entry, { state: 'refused' }>): Refusal => {
  const { httpStatus, message, details } = entry;
  if (httpStatus === 404) {
    // A server without the subresource says "could not find the requested resource", and names no pod.
    const namesPod = /^pods "[^"]*" not found/.test(message) || (details?.name ?? '') !== '';
    return { kind: namesPod ? 'no-pod' : 'no-subresource' };
  }
  if (message.includes('static pods do not support ephemeral containers')) return { kind: 'static-pod' };
  // A webhook may say anything, RBAC's words too; who says it comes first.
  const named = podSecurityRefusal(message) ?? namedAdmission(message) ?? accessRefusal(message);
  if (named !== undefined) return named;
  return httpStatus === 403 && message !== ''
    ? { kind: 'admission', by: 'an admission plugin', how: 'denied' }
    : { kind: 'other' };
};

/** The refusal of an entry that was refused for this reason. */
export const refusalOf = <K extends Refusal['kind']>(
  entry: Entry,
  kind: K,
): Extract<Refusal, { kind: K }> | undefined => {
  if (entry.state !== 'refused') return undefined;
  const refusal = readRefusal(entry);
  const isOfKind = (value: Refusal): value is Extract<Refusal, { kind: K }> => value.kind === kind;
  return isOfKind(refusal) ? refusal : undefined;
};
