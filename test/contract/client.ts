/** Plain HTTPS to the double, as a test sees it. */
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { ApiServer } from '../sandbox/api/index.ts';
import { type Loose, parseJson } from '../sandbox/api/json.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Parsed, where it is JSON; else the text. */
  readonly body: Loose;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Loose;
}

export interface Client {
  /** Rejects when the connection breaks before the answer is whole. */
  send(asked: Asked): Promise<Answer>;
  /** Hands over each line as it comes, until `stop` is called or the answer ends. */
  follow(
    asked: Asked,
    line: (text: string) => void,
  ): { readonly stop: () => void; readonly ended: Promise<number> };
  close(): void;
}

/** With the admin's client certificate, or with `token` instead. */
export const createClient = (api: ApiServer, token?: string): Client => {
  const agent = new Agent({
    ca: api.caPem,
    keepAlive: true,
    ...(token === undefined ? { key: api.admin.key, cert: api.admin.certificate } : {}),
  });
  const open = ({ method = 'GET', path, headers = {}, body }: Asked) => {
    const data = body === undefined || body === null ? undefined : JSON.stringify(body);
    const sent = request(`${api.server}${path}`, {
      method,
      agent,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(data === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(data) }),
        ...headers,
      },
    });
    sent.end(data);
    return sent;
  };
  return {
    send: (asked) =>
      new Promise((resolve, reject) => {
        open(asked)
          .once('error', reject)
          .once('response', (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.once('error', reject);
            response.once('end', () => {
              const text = Buffer.concat(chunks).toString();
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text,
                body: parseJson(text) ?? text,
              });
            });
          });
      }),
    follow: (asked, line) => {
      const sent = open(asked);
      const ended = new Promise<number>((resolve) => {
        sent.once('error', () => resolve(0));
        sent.once('response', (response) => {
          let rest = '';
          response.on('data', (chunk) => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop() ?? '';
            for (const one of lines) line(one);
          });
          response.once('error', () => resolve(0));
          response.once('close', () => resolve(response.statusCode ?? 0));
        });
      });
      return { stop: () => sent.destroy(), ended };
    },
    close: () => agent.destroy(),
  };
};

/** Waits until `met` gives something. Throws with `what` after 20 s. */
export const eventually = async <T>(what: string, met: () => T | undefined | false): Promise<T> => {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = met();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
