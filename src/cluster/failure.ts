/** Turns what a connection died of into words that help. */
import { errorCode, UserError } from '../errors.ts';
import type { ApiUnavailable, Client } from './client.ts';

interface Explanation {
  readonly reason: string;
  readonly next: readonly string[];
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: {
    reason: 'nothing listens there: the cluster is stopped, or the kubeconfig points at an old address',
    next: ['kubectl config view --minify', 'kubectl cluster-info'],
  },
  ENOTFOUND: {
    reason: 'the name of the API server does not resolve from here',
    next: ['kubectl config view --minify'],
  },
  EAI_AGAIN: {
    reason: 'the name of the API server could not be looked up from here',
    next: ['kubectl config view --minify'],
  },
  EHOSTUNREACH: {
    reason: 'there is no way to that host from here: is a VPN off?',
    next: ['kubectl cluster-info'],
  },
  ENETUNREACH: {
    reason: 'there is no way to that network from here: is a VPN off?',
    next: ['kubectl cluster-info'],
  },
  ETIMEDOUT: {
    reason: 'it does not answer: a firewall, or a VPN that is off?',
    next: ['kubectl cluster-info'],
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    reason: 'its certificate is self-signed, and the kubeconfig names no CA for it',
    next: ['kubectl config view --minify --raw'],
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    reason: "its certificate is signed by a CA that the kubeconfig's certificate-authority does not contain",
    next: ['kubectl config view --minify --raw'],
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    reason: "its certificate is signed by a CA that the kubeconfig's certificate-authority does not contain",
    next: ['kubectl config view --minify --raw'],
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    reason: "its certificate is signed by a CA that the kubeconfig's certificate-authority does not contain",
    next: ['kubectl config view --minify --raw'],
  },
  CERT_HAS_EXPIRED: { reason: "the API server's certificate has expired", next: ['kubectl cluster-info'] },
  CERT_NOT_YET_VALID: {
    reason: "the API server's certificate is not valid yet: is this machine's clock right?",
    next: ['date'],
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'its certificate is for another name: the kubeconfig may need tls-server-name',
    next: ['kubectl config view --minify'],
  },
  EPROTO: { reason: 'it does not speak TLS there', next: ['kubectl config view --minify'] },
};

/** The innermost network error code of an error and its causes. */
const codeOf = (error: unknown): string | undefined => {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = Reflect.get(at, 'cause')) {
    const code = errorCode(at);
    if (code !== undefined) return code;
  }
  return undefined;
};

/** For a first request that got no answer at all: there is no cluster to speak of. */
const noCluster = (error: ApiUnavailable, server: string): UserError => {
  const code = codeOf(error);
  const known = code === undefined ? undefined : EXPLANATIONS[code];
  return new UserError({
    code: 'api-server-unreachable',
    message: `cannot reach the API server at ${server}`,
    reason: known?.reason ?? error.message,
    next: known?.next ?? ['kubectl cluster-info'],
    cause: error,
  });
};

const notAuthenticated = (server: string, context: string | undefined, message: string): UserError =>
  new UserError({
    code: 'not-authenticated',
    message: `the API server at ${server} does not accept these credentials (401)`,
    reason: `${message || 'Unauthorized'}: they have expired, or belong to another cluster${context === undefined ? '' : ` (context ${context})`}`,
    next: ['kubectl auth whoami', 'kubectl config get-contexts'],
  });

/** Runs the first requests; where they could not have worked because there is no cluster or no valid login, says that instead. */
export const throwIfNoCluster = async <T>(client: Client, work: () => Promise<T>): Promise<T> => {
  const explain = (): UserError | undefined => {
    const trouble = client.trouble();
    const { server, context } = client.description;
    switch (trouble?.kind) {
      case undefined:
        return undefined;
      case 'unreachable':
        return noCluster(trouble.error, server);
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
