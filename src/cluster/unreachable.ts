/** Why the API server cannot be reached: what the connection died of, in words that help. */
import { errorCode, UserError } from '../errors.ts';
import type { ApiUnavailable } from './client.ts';
import { type AddressFlags, CLUSTER_INFO, explanationOf } from './explanations.ts';
import type { Validity } from './kubeconfig/validity.ts';
import { explainProxy } from './proxy-trouble.ts';

export type { AddressFlags } from './explanations.ts';

/** What is known beside the error. */
export interface Circumstances {
  /** `host:port` of the proxy on the way. */
  readonly proxy?: string | undefined;
  /** From when to when the server's certificate holds. */
  readonly certificate?: Pick<Validity, 'from' | 'to'> | undefined;
}

/** An error and its causes. */
const chainOf = (error: unknown): readonly object[] => {
  const chain: object[] = [];
  for (let at = error; typeof at === 'object' && at !== null; at = Reflect.get(at, 'cause')) chain.push(at);
  return chain;
};

const LONGEST_NAMES = 200;

/** What the error itself tells beyond its code. */
const detailOf = (code: string | undefined, error: unknown, { certificate }: Circumstances): string => {
  const minute = (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const clock = `this machine's clock says ${minute(new Date())}`;
  if (code === 'CERT_NOT_YET_VALID' && certificate?.from !== undefined)
    return `; it holds from ${minute(certificate.from)}, and ${clock}`;
  if (code === 'CERT_HAS_EXPIRED' && certificate?.to !== undefined)
    return `: it held until ${minute(certificate.to)}, and ${clock}`;
  if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return '';
  const shown = chainOf(error).map((at) => Reflect.get(at, 'cert')?.subjectaltname);
  const names: unknown = shown.find((text) => typeof text === 'string');
  if (typeof names !== 'string') return '';
  return ` (it is for ${names.length > LONGEST_NAMES ? `${names.slice(0, LONGEST_NAMES)}...` : names})`;
};

const PLAIN_IN_SHELLS = /^[\w.:/-]+$/;

/** The innermost network error code of an error and its causes. */
export const networkCode = (error: unknown): string | undefined =>
  chainOf(error)
    .map(errorCode)
    .find((code) => code !== undefined);

/** For a first request that got no answer at all: there is no cluster to speak of. */
export const unreachable = (
  error: ApiUnavailable,
  server: string,
  flags: AddressFlags,
  circumstances: Circumstances = {},
): UserError => {
  const code = networkCode(error);
  const behind =
    circumstances.proxy === undefined ? undefined : explainProxy(chainOf(error), circumstances.proxy);
  const known = behind ?? explanationOf(code, error.message);
  const byFlag = known?.byFlag?.find(([flag]) => flags[flag] !== undefined)?.[1];
  const reason = byFlag ?? known?.reason ?? error.message;
  const next = known?.next ?? [CLUSTER_INFO];
  // Without the flag kubectl would ask the kubeconfig's server.
  const there = `${CLUSTER_INFO} --server ${PLAIN_IN_SHELLS.test(server) ? server : 'URL'}`;
  return new UserError({
    code: 'api-server-unreachable',
    message: `cannot reach the API server at ${server}${flags.server === undefined ? '' : ', which --server names'}`,
    reason: `${reason}${behind === undefined ? detailOf(code, error, circumstances) : ''}`,
    next: next.map((command) => (command === CLUSTER_INFO && flags.server !== undefined ? there : command)),
    cause: error,
  });
};
