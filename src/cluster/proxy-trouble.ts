/** What the proxy on the way to the API server did, in words that help; never its password. */
import { errorCode, errorMessage } from '../errors.ts';
import type { Explanation } from './explanations.ts';

const NEXT = ['kubectl config view --minify', 'env | grep -i _proxy='] as const;

/** By the status that it answered CONNECT with. */
const REFUSALS: Readonly<Record<string, string>> = {
  PROXY_407:
    'wants a user name and a password (407): write them into its URL, as http://USER:PASSWORD@HOST:PORT',
  PROXY_403:
    'does not let anybody connect there (403): it may have to allow the API server, or NO_PROXY name it',
  PROXY_400: 'does not understand CONNECT (400): is it a proxy?',
  PROXY_404: 'does not understand CONNECT (404): is it a proxy?',
  PROXY_405: 'does not allow CONNECT (405): is it a proxy?',
  PROXY_502: 'cannot reach the API server either (502)',
  PROXY_503: 'cannot reach the API server either (503)',
  PROXY_504: 'got no answer of the API server in time (504)',
};

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name does not resolve from here',
  EAI_AGAIN: 'its name could not be looked up from here',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it from here',
  ENETUNREACH: 'there is no way to it from here',
  ECONNRESET: 'it closed the connection',
};

/** @param chain an error and its causes. @param proxy `host:port`. @returns undefined: what failed is behind the proxy. */
export const explainProxy = (chain: readonly object[], proxy: string): Explanation | undefined => {
  const tell = (reason: string): Explanation => ({ reason, next: NEXT });
  for (const error of chain) {
    const name: unknown = Reflect.get(error, 'name');
    const code = errorCode(error) ?? '';
    if (name === 'ProxyRefused')
      return tell(
        `the proxy ${proxy} ${REFUSALS[code] ?? `refuses to connect there (${code.replace('PROXY_', '')})`}`,
      );
    if (name === 'ProxyUnreachable') {
      const inner = errorCode(Reflect.get(error, 'cause')) ?? '';
      return tell(`the proxy ${proxy} cannot be reached: ${UNREACHABLE[inner] ?? errorMessage(error)}`);
    }
    // Only the proxy itself is connected to, and its name looked up, from here. SOCKS errors have no code.
    const failed = /^(?:connect|getaddrinfo) (E[A-Z]+)\b/.exec(errorMessage(error))?.[1];
    if (failed !== undefined)
      return tell(`the proxy ${proxy} cannot be reached: ${UNREACHABLE[failed] ?? errorMessage(error)}`);
    if (/^Socks|^Proxy connection timed out/.test(errorMessage(error)))
      return tell(`the SOCKS proxy ${proxy}: ${errorMessage(error)}`);
  }
  return undefined;
};
