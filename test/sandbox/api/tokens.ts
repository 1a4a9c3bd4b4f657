/** Bearer tokens: registered by the sandbox, or issued to a service account (`kubectl create token`). */
import { randomBytes } from 'node:crypto';
import type { ResourceCall } from './api.ts';
import type { User } from './auth/user.ts';
import { readObject } from './body.ts';
import { notFound } from './status.ts';
import { timestamp } from './store.ts';
import { sendJson } from './wire.ts';

const HOUR = 3600;

export const registerToken = (tokens: Map<string, User>, user: User): string => {
  const token = randomBytes(24).toString('base64url');
  tokens.set(token, user);
  return token;
};

export const serviceAccountUser = (namespace: string, name: string): User => ({
  name: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
});

/** POST serviceaccounts/NAME/token. */
export const issueToken = async (call: ResourceCall): Promise<void> => {
  const { api, info } = call;
  const name = info.name ?? '';
  const namespace = info.namespace ?? '';
  if (api.store.get('serviceaccounts', namespace, name) === undefined)
    throw notFound('', 'serviceaccounts', name);
  const body = await readObject(call.request);
  const seconds = body?.spec?.expirationSeconds ?? HOUR;
  const token = registerToken(api.tokens, serviceAccountUser(namespace, name));
  sendJson(call.response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: timestamp() },
    spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: seconds, ...body?.spec },
    status: { token, expirationTimestamp: timestamp(new Date(Date.now() + seconds * 1000)) },
  });
};
