/** The errors of a cluster that is not there, or does not let us in: told instead of what failed because of it. */
import { UserError } from '../errors.ts';
import type { Client } from './client.ts';
import { type AddressFlags, unreachable } from './unreachable.ts';

const notAuthenticated = (server: string, context: string | undefined, message: string): UserError =>
  new UserError({
    code: 'not-authenticated',
    message: `the API server at ${server} does not accept these credentials (401)`,
    reason: `${message || 'Unauthorized'}: they have expired, or belong to another cluster${context === undefined ? '' : ` (context ${context})`}`,
    next: ['kubectl auth whoami', 'kubectl config get-contexts'],
  });

/**
 * Runs the first requests; where they could not have worked because there is no cluster or no valid login, says that instead.
 * @param flags those of the command line, so that an error blames a flag, and not the kubeconfig, for what the flag gave.
 */
export const throwIfNoCluster = async <T>(
  client: Pick<Client, 'trouble' | 'description'>,
  work: () => Promise<T>,
  flags: AddressFlags = {},
): Promise<T> => {
  const explain = (): UserError | undefined => {
    const trouble = client.trouble();
    const { server, context } = client.description;
    switch (trouble?.kind) {
      case undefined:
        return undefined;
      case 'unreachable':
        return unreachable(trouble.error, server, flags);
      case 'unauthenticated':
        return notAuthenticated(server, context, trouble.message);
    }
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    throw explain() ?? error;
  }
  const problem = explain();
  if (problem !== undefined) throw problem;
  return result;
};
