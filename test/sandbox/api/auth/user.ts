/** Who asks: client certificate first, then bearer token, then impersonation, as in kube-apiserver. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { badRequest, forbidden, unauthorized } from '../status.ts';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export type Tokens = ReadonlyMap<string, User>;

const AUTHENTICATED = 'system:authenticated';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
export const ANONYMOUS: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

export const withAuthenticated = (user: User): User =>
  user.groups.includes(AUTHENTICATED) ? user : { ...user, groups: [...user.groups, AUTHENTICATED] };

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const userOfCertificate = (request: IncomingMessage): User | undefined => {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const subject = socket.getPeerCertificate().subject;
  const name = asList(subject?.CN)[0];
  return name === undefined ? undefined : withAuthenticated({ name, groups: asList(subject.O) });
};

/** Throws 401 where credentials were shown and none holds; without any, the user is anonymous. */
export const authenticate = (request: IncomingMessage, tokens: Tokens): User => {
  const fromCertificate = userOfCertificate(request);
  if (fromCertificate !== undefined) return fromCertificate;
  const authorization = request.headers.authorization;
  if (authorization === undefined) return ANONYMOUS;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const user = token === undefined ? undefined : tokens.get(token);
  if (user === undefined) throw unauthorized();
  return withAuthenticated(user);
};

/** Groups that a service account has by its name. */
const impliedGroups = (name: string): readonly string[] => {
  const namespace = SERVICE_ACCOUNT.exec(name)?.[1];
  return namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
};

/** Whether `user` may impersonate this resource and name. */
export type MayImpersonate = (
  user: User,
  target: {
    readonly group: string;
    readonly resource: string;
    readonly subresource: string;
    readonly name: string;
    readonly namespace?: string;
  },
) => boolean;

/** The user that the Impersonate-* headers name; throws 403 when `user` may not act as it. */
export const impersonate = (request: IncomingMessage, user: User, may: MayImpersonate): User => {
  const header = (name: string): readonly string[] => request.headersDistinct[name] ?? [];
  const name = header('impersonate-user')[0];
  const groups = header('impersonate-group');
  const uid = header('impersonate-uid')[0];
  if (name === undefined || name === '') {
    if (groups.length > 0 || uid !== undefined) {
      throw badRequest('requested [{Group}] without impersonating a user');
    }
    return user;
  }
  const require = (group: string, resource: string, target: string, subresource = '', namespace?: string) => {
    const asked = { group, resource, subresource, name: target, ...(namespace ? { namespace } : {}) };
    if (may(user, asked)) return;
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    const shown = subresource === '' ? resource : `${resource}/${subresource}`;
    throw forbidden(
      group,
      resource,
      target,
      `User "${user.name}" cannot impersonate resource "${shown}" in API group "${group}" ${where}`,
    );
  };
  const account = SERVICE_ACCOUNT.exec(name);
  if (account?.[1] !== undefined && account[2] !== undefined) {
    require('', 'serviceaccounts', account[2], '', account[1]);
  } else {
    require('', 'users', name);
  }
  for (const group of groups) require('', 'groups', group);
  if (uid !== undefined) require('authentication.k8s.io', 'uids', uid);
  const extra: Record<string, readonly string[]> = {};
  for (const [key, values] of Object.entries(request.headersDistinct)) {
    if (!key.startsWith('impersonate-extra-') || values === undefined) continue;
    const field = decodeURIComponent(key.slice('impersonate-extra-'.length));
    for (const value of values) require('authentication.k8s.io', 'userextras', value, field);
    extra[field] = values;
  }
  const result = {
    name,
    groups: groups.length > 0 ? groups : impliedGroups(name),
    ...(uid === undefined ? {} : { uid }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return name === ANONYMOUS.name ? { ...result, groups: ANONYMOUS.groups } : withAuthenticated(result);
};
