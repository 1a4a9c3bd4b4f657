/** The errors of a cluster that is not there, or does not let us in: told instead of what failed because of it. */
import { UserError } from '../errors.ts';
import type { Client, ClientTrouble } from './client.ts';
import { durationInWords, skewInWords } from './clock-skew.ts';
import { serverCertificate } from './server-certificate.ts';
import { type AddressFlags, networkCode, unreachable } from './unreachable.ts';

type Unauthenticated = Extract<ClientTrouble, { kind: 'unauthenticated' }>;

/** Why, as far as the credentials themselves tell it; by the server's clock where that is known. */
const whyNotAccepted = ({ validity, aheadMs }: Unauthenticated): string => {
  const now = Date.now() + (aheadMs ?? 0);
  const ago = (date: Date) => durationInWords(Math.abs(now - date.getTime()));
  const { of = 'token', from, to } = validity ?? {};
  if (to !== undefined && to.getTime() < now) return `the ${of} expired ${ago(to)} ago (${to.toISOString()})`;
  if (from !== undefined && from.getTime() > now)
    return `the ${of} holds only in ${ago(from)} (from ${from.toISOString()})`;
  return 'they have expired, or belong to another cluster';
};

const notAuthenticated = (
  trouble: Unauthenticated,
  server: string,
  context: string | undefined,
): UserError => {
  const skew = skewInWords(trouble.aheadMs);
  return new UserError({
    code: 'not-authenticated',
    message: `the API server at ${server} does not accept these credentials (401)`,
    reason: [
      `${trouble.message || 'Unauthorized'}: ${whyNotAccepted(trouble)}`,
      context === undefined ? '' : ` (context ${context})`,
      skew === undefined ? '' : `; ${skew}, which alone can be why`,
    ].join(''),
    next: ['kubectl auth whoami', 'kubectl config get-contexts', ...(skew === undefined ? [] : ['date'])],
  });
};

const mayNotImpersonate = (message: string): UserError =>
  new UserError({
    code: 'may-not-impersonate',
    message: 'these credentials may not act as somebody else (--as, or as: in the kubeconfig)',
    reason: message,
    next: [
      'kubectl auth whoami',
      'kubectl auth can-i impersonate users',
      'kubectl auth can-i impersonate groups',
    ],
  });

const CERTIFICATE_DATES: ReadonlySet<string | undefined> = new Set([
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
]);

const explain = async (
  client: Pick<Client, 'trouble' | 'description'>,
  flags: AddressFlags,
): Promise<UserError | undefined> => {
  const trouble = client.trouble();
  const { server, context, proxy } = client.description;
  switch (trouble?.kind) {
    case undefined:
      return undefined;
    case 'unreachable': {
      const asks = proxy === undefined && CERTIFICATE_DATES.has(networkCode(trouble.error));
      const certificate = asks ? await serverCertificate(server) : undefined;
      return unreachable(trouble.error, server, flags, { proxy, certificate });
    }
    case 'unauthenticated':
      return notAuthenticated(trouble, server, context);
    case 'may-not-impersonate':
      return mayNotImpersonate(trouble.message);
  }
};

/**
 * Runs the first requests; where they could not have worked because there is no cluster or no valid login, says that instead.
 * @param flags those of the command line, so that an error blames a flag, and not the kubeconfig, for what the flag gave.
 */
export const throwIfNoCluster = async <T>(
  client: Pick<Client, 'trouble' | 'description'>,
  work: () => Promise<T>,
  flags: AddressFlags = {},
): Promise<T> => {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    throw (await explain(client, flags)) ?? error;
  }
  const problem = await explain(client, flags);
  if (problem !== undefined) throw problem;
  return result;
};
