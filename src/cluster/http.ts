/**
 * One HTTP exchange with the API server over node:https, with deadlines of its own.
 *
 * client-node's typed API is not used for this: it opens a connection for every request, loses the body of a refused log,
 * gives up a watch after 30 s of silence and knows no retry (docs/ARCHITECTURE.md). What it does well, reading kubeconfigs and
 * making credentials out of them, is used in kubeconfig/credentials.ts.
 */
import http from 'node:http';
import https from 'node:https';
import type { Validity } from './kubeconfig/validity.ts';

export interface Endpoint {
  /** `https://host:port`, with a path where the API is behind a prefix. */
  readonly server: string;
  readonly agent: http.Agent | https.Agent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** `host:port` of the proxy on the way, for messages. */
  readonly proxy?: string;
  /** For how long the login holds, where it says so. */
  readonly validity?: Validity;
  /** The same endpoint with credentials made anew: a login program run again, a token file read again. */
  readonly renew?: (signal: AbortSignal) => Promise<Endpoint>;
}

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface OpenResponse {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  /** The server's clock: the Date header. */
  readonly date: string | undefined;
  /** Chunks of text as they arrive. Throws when the connection breaks; ending early without an error does not happen. */
  readonly text: AsyncIterable<string>;
  readonly close: () => void;
}

const address = (server: string, exchange: Exchange): URL => {
  const url = new URL(server);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${exchange.path}`;
  for (const [name, value] of Object.entries(exchange.query ?? {})) url.searchParams.set(name, value);
  return url;
};

/** Retry-After is a number of seconds, or a date. */
export const parseRetryAfter = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
};

/**
 * Sends a request and resolves with the response's head. The body is read by whoever iterates `text`.
 * Rejects with Node's own error (`code`: ECONNREFUSED, ENOTFOUND, CERT_…) when there is no response, or with the signal's reason.
 */
export const open = (endpoint: Endpoint, exchange: Exchange, signal: AbortSignal): Promise<OpenResponse> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const url = address(endpoint.server, exchange);
    const payload = exchange.body === undefined ? undefined : JSON.stringify(exchange.body);
    const headers: Record<string, string | string[]> = { accept: exchange.accept ?? 'application/json' };
    for (const [name, value] of Object.entries(endpoint.headers))
      headers[name] = typeof value === 'string' ? value : [...value];
    if (payload !== undefined) {
      headers['content-type'] = exchange.contentType ?? 'application/json';
      headers['content-length'] = String(Buffer.byteLength(payload));
    }
    const request = (url.protocol === 'http:' ? http : https).request(url, {
      method: exchange.method,
      agent: endpoint.agent,
      headers,
    });
    const abort = () => {
      request.destroy(new Error('aborted', { cause: signal.reason }));
      // A request that still waits for a connection, behind a silent proxy say, would not tell.
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    request.on('close', () => signal.removeEventListener('abort', abort));
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    request.on('response', (response) => {
      response.setEncoding('utf8');
      const { date } = response.headers;
      // By the server's clock where it tells it: the two may differ.
      const now = Date.parse(date ?? '') || Date.now();
      resolve({
        status: response.statusCode ?? 0,
        retryAfterSeconds: parseRetryAfter(response.headers['retry-after'], now),
        date,
        text: response,
        close: () => request.destroy(),
      });
    });
    request.end(payload);
  });

/** Reads a body to its end, at most `limit` characters: an answer that never ends must not fill the memory. */
export const readAll = async (response: OpenResponse, limit = 64 * 1024 * 1024): Promise<string> => {
  let text = '';
  for await (const chunk of response.text) {
    text += chunk;
    if (text.length > limit) {
      response.close();
      throw new Error(`the answer is larger than ${limit} characters`);
    }
  }
  return text;
};
