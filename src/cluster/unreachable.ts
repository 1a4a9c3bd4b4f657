/** Why the API server cannot be reached: what the connection died of, in words that help. */
import { errorCode, UserError } from '../errors.ts';
import type { ConnectionFlags } from '../model/options.ts';
import type { ApiUnavailable } from './client.ts';

/** The flags that say where to go and whom to trust there: what they gave is not the kubeconfig's fault. */
export type AddressFlags = Pick<ConnectionFlags, 'server' | 'certificateAuthority' | 'tlsServerName'>;

interface Explanation {
  readonly reason: string;
  /** The reason where a flag took the place of the kubeconfig's word; the first of those that were given counts. */
  readonly byFlag?: readonly (readonly [keyof AddressFlags, string])[];
  readonly next: readonly string[];
}

const SETTINGS = 'kubectl config view --minify';
const CLUSTER_INFO = 'kubectl cluster-info';

const UNKNOWN_AUTHORITY: Explanation = {
  reason: "its certificate is signed by a CA that the kubeconfig's certificate-authority does not contain",
  byFlag: [
    [
      'certificateAuthority',
      'its certificate is signed by a CA that the file of --certificate-authority does not contain',
    ],
    [
      'server',
      "its certificate is signed by an unknown CA: is --server another cluster than the kubeconfig's? --certificate-authority says whom to trust",
    ],
  ],
  next: [`${SETTINGS} --raw`],
};

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: {
    reason: 'nothing listens there: the cluster is stopped, or the kubeconfig points at an old address',
    byFlag: [['server', 'nothing listens there: the cluster is stopped, or --server is not its address']],
    next: [SETTINGS, CLUSTER_INFO],
  },
  ENOTFOUND: {
    reason: 'the name of the API server does not resolve from here',
    byFlag: [['server', 'the name in --server does not resolve from here']],
    next: [SETTINGS],
  },
  EAI_AGAIN: {
    reason: 'the name of the API server could not be looked up from here',
    byFlag: [['server', 'the name in --server could not be looked up from here']],
    next: [SETTINGS],
  },
  EHOSTUNREACH: {
    reason: 'there is no way to that host from here: is a VPN off?',
    byFlag: [['server', 'there is no way to that host from here: is a VPN off, or --server wrong?']],
    next: [CLUSTER_INFO],
  },
  ENETUNREACH: {
    reason: 'there is no way to that network from here: is a VPN off?',
    byFlag: [['server', 'there is no way to that network from here: is a VPN off, or --server wrong?']],
    next: [CLUSTER_INFO],
  },
  ETIMEDOUT: {
    reason: 'it does not answer: a firewall, or a VPN that is off?',
    byFlag: [['server', 'it does not answer: a firewall, a VPN that is off, or a wrong --server?']],
    next: [CLUSTER_INFO],
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    reason: 'its certificate is self-signed, and the kubeconfig names no CA for it',
    byFlag: [
      [
        'certificateAuthority',
        'its certificate is self-signed, and the file of --certificate-authority does not contain it',
      ],
      [
        'server',
        "its certificate is self-signed: is --server another cluster than the kubeconfig's? --certificate-authority says whom to trust",
      ],
    ],
    next: [`${SETTINGS} --raw`],
  },
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: { reason: "the API server's certificate has expired", next: [CLUSTER_INFO] },
  CERT_NOT_YET_VALID: {
    reason: "the API server's certificate is not valid yet: is this machine's clock right?",
    next: ['date'],
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'its certificate is for another name: the kubeconfig may need tls-server-name',
    byFlag: [
      ['tlsServerName', 'its certificate is for another name than --tls-server-name expects'],
      [
        'server',
        'its certificate is for another name than the one in --server: it may need --tls-server-name',
      ],
    ],
    next: [SETTINGS],
  },
  EPROTO: {
    reason: 'it does not speak TLS there',
    byFlag: [['server', 'it does not speak TLS there: is the port in --server right?']],
    next: [SETTINGS],
  },
};

/** The innermost network error code of an error and its causes. */
const codeOf = (error: unknown): string | undefined => {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = Reflect.get(at, 'cause')) {
    const code = errorCode(at);
    if (code !== undefined) return code;
  }
  return undefined;
};

const PLAIN_IN_SHELLS = /^[\w.:/-]+$/;

/** For a first request that got no answer at all: there is no cluster to speak of. */
export const unreachable = (error: ApiUnavailable, server: string, flags: AddressFlags): UserError => {
  const code = codeOf(error);
  const known = code === undefined ? undefined : EXPLANATIONS[code];
  const byFlag = known?.byFlag?.find(([flag]) => flags[flag] !== undefined)?.[1];
  const next = known?.next ?? [CLUSTER_INFO];
  // Without the flag kubectl would ask the kubeconfig's server.
  const there = `${CLUSTER_INFO} --server ${PLAIN_IN_SHELLS.test(server) ? server : 'URL'}`;
  return new UserError({
    code: 'api-server-unreachable',
    message: `cannot reach the API server at ${server}${flags.server === undefined ? '' : ', which --server names'}`,
    reason: byFlag ?? known?.reason ?? error.message,
    next: next.map((command) => (command === CLUSTER_INFO && flags.server !== undefined ? there : command)),
    cause: error,
  });
};
