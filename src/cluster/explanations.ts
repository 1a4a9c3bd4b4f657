/** What a connection died of, by its error code, in words that help. */
import type { ConnectionFlags } from '../model/options.ts';

/** The flags that say where to go and whom to trust there: what they gave is not the kubeconfig's fault. */
export type AddressFlags = Pick<ConnectionFlags, 'server' | 'certificateAuthority' | 'tlsServerName'>;

export interface Explanation {
  readonly reason: string;
  /** The reason where a flag took the place of the kubeconfig's word; the first of those that were given counts. */
  readonly byFlag?: readonly (readonly [keyof AddressFlags, string])[];
  readonly next: readonly string[];
}

const SETTINGS = 'kubectl config view --minify';
export const CLUSTER_INFO = 'kubectl cluster-info';

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
  // An authority of the same name with another key: every cluster's is called "kubernetes".
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
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
  ERR_INVALID_CHAR: {
    reason: 'the token, or a name to act as, holds characters that no HTTP header can',
    next: [`${SETTINGS} --raw`],
  },
  EPROTO: {
    reason: 'it does not speak TLS there',
    byFlag: [['server', 'it does not speak TLS there: is the port in --server right?']],
    next: [SETTINGS],
  },
};

const NOT_ACCEPTED: Explanation = {
  reason: 'it does not accept the client certificate: is it of another cluster?',
  next: [SETTINGS, 'kubectl config get-contexts'],
};

/** By the number of a TLS alert (RFC 8446, 6): what the server says of the client certificate before any HTTP. */
const ALERTS: Readonly<Record<number, Explanation>> = {
  40: {
    reason:
      'it broke the TLS handshake off: does it want a client certificate that the kubeconfig does not have?',
    next: [SETTINGS],
  },
  42: NOT_ACCEPTED,
  43: NOT_ACCEPTED,
  44: { reason: 'it says that the client certificate was revoked', next: [SETTINGS] },
  45: { reason: 'it says that the client certificate has expired', next: [SETTINGS] },
  46: NOT_ACCEPTED,
  48: NOT_ACCEPTED,
  49: NOT_ACCEPTED,
  51: NOT_ACCEPTED,
  116: { reason: 'it wants a client certificate, and the kubeconfig has none', next: [SETTINGS] },
};

const NOT_TLS = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/;

/** @param message Node's own: OpenSSL's words with the number of an alert. */
export const explanationOf = (code: string | undefined, message: string): Explanation | undefined => {
  const alert = /SSL alert number (\d+)/.exec(message)?.[1];
  if (alert !== undefined) return ALERTS[Number(alert)];
  if (code === undefined) return undefined;
  return EXPLANATIONS[NOT_TLS.test(code) ? 'EPROTO' : code];
};
