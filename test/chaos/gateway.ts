/**
 * A TLS proxy before the API server that mistreats answers. The server's own faults strike when a request comes in; this one strikes
 * once the answer has begun (only those of a log that is there carry records), and it can fall silent with the connection open.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import { dirname, join } from 'node:path';
import { createCertificateAuthority } from '../sandbox/api/certificates.ts';
import { kubeconfigText } from '../sandbox/api/kubeconfig.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';

export type Treatment =
  /** The connection is closed after so many bytes of the body, or after so many milliseconds. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'cut'; readonly afterMs: number }
  /** After so many bytes nothing more comes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** The whole answer, so many bytes at a time. */
  | { readonly kind: 'trickle'; readonly bytes: number; readonly everyMs: number }
  /** A Status instead. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly message: string;
      readonly reason?: string;
      readonly retryAfter?: string;
    }
  /** 200 and this text instead. */
  | { readonly kind: 'body'; readonly text: string; readonly contentType?: string }
  /** The answer itself, under another name. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** Nothing comes, and the connection stays open. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'close' };

export interface Answered {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** Of the API server's own answer. */
  readonly status: number;
}

/** undefined: untouched. */
export type Script = (answered: Answered) => Treatment | undefined;

export interface Gateway {
  /** A kubeconfig of a user with all rights, whose answers are treated as the script says. */
  readonly kubeconfigFor: (script: Script) => string;
  readonly stop: () => Promise<void>;
}

/** Treats the answers of a log that is there, counted from 0. */
export const logScript = (treat: (nth: number) => Treatment | undefined): Script => {
  let nth = 0;
  return ({ path, status }) => {
    if (!path.endsWith('/log') || status !== 200) return undefined;
    nth += 1;
    return treat(nth - 1);
  };
};

const failure = (code: number, message: string, reason: string | undefined): string =>
  JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });

const trickle = (from: IncomingMessage, to: ServerResponse, bytes: number, everyMs: number): void => {
  let waiting = Buffer.alloc(0);
  let whole = false;
  const timer = setInterval(() => {
    to.write(waiting.subarray(0, bytes));
    waiting = waiting.subarray(bytes);
    if (whole && waiting.length === 0) to.end();
  }, everyMs);
  to.once('close', () => clearInterval(timer));
  from.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
  });
  from.once('end', () => {
    whole = true;
  });
  from.on('error', () => undefined);
};

const stream = (
  from: IncomingMessage,
  to: ServerResponse,
  treatment: Extract<Treatment, { kind: 'cut' | 'stall' }>,
): void => {
  const strike = () => {
    from.destroy();
    if (treatment.kind === 'cut') to.socket?.destroy();
  };
  const timer = 'afterMs' in treatment ? setTimeout(strike, treatment.afterMs) : undefined;
  to.once('close', () => clearTimeout(timer));
  let left = 'afterBytes' in treatment ? treatment.afterBytes : Number.POSITIVE_INFINITY;
  if (left === 0) strike();
  from.on('data', (chunk: Buffer) => {
    const piece = chunk.subarray(0, left);
    left -= piece.length;
    if (piece.length > 0) to.write(piece, () => left === 0 && strike());
  });
  from.once('end', () => {
    if (left > 0) to.end();
  });
  from.on('error', () => undefined);
};

const passOn = (from: IncomingMessage, to: ServerResponse, treatment: Treatment | undefined): void => {
  const head = () => {
    to.writeHead(from.statusCode ?? 502, from.headers);
    to.flushHeaders();
  };
  switch (treatment?.kind) {
    case undefined:
      head();
      from.once('error', () => to.socket?.destroy());
      from.pipe(to);
      return;
    case 'cut':
    case 'stall':
      head();
      stream(from, to, treatment);
      return;
    case 'status':
      from.destroy();
      to.writeHead(treatment.code, {
        ...(treatment.retryAfter === undefined ? {} : { 'retry-after': treatment.retryAfter }),
      }).end(failure(treatment.code, treatment.message, treatment.reason));
      return;
    case 'body':
      from.destroy();
      to.writeHead(200, { 'content-type': treatment.contentType ?? 'application/json' }).end(treatment.text);
      return;
    case 'content-type':
      to.writeHead(from.statusCode ?? 502, { ...from.headers, 'content-type': treatment.contentType });
      from.once('error', () => to.socket?.destroy());
      from.pipe(to);
      return;
    case 'trickle':
      head();
      trickle(from, to, treatment.bytes, treatment.everyMs);
      return;
    case 'silence':
      from.destroy();
      return;
    case 'close':
      from.destroy();
      to.socket?.destroy();
  }
};

export const startGateway = async (cluster: SandboxCluster): Promise<Gateway> => {
  const authority = createCertificateAuthority();
  const { key, certificate } = authority.issueServer(['127.0.0.1', 'localhost']);
  const agent = new Agent({ ca: cluster.api.caPem, keepAlive: true });
  /** By the value of the Authorization header. */
  const scripts = new Map<string, Script>();

  const server = createServer({ key, cert: certificate, keepAliveTimeout: 120_000 }, (asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const script = scripts.get(headers.authorization ?? '');
    const upstream = request(`${cluster.server}${url}`, { method, headers, agent }, (response) => {
      const path = url.replace(/\?.*/s, '');
      passOn(response, answer, script?.({ method, path, status: response.statusCode ?? 0 }));
    });
    upstream.once('error', () => answer.socket?.destroy());
    answer.once('close', () => upstream.destroy());
    asked.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  let users = 0;
  return {
    kubeconfigFor: (script) => {
      users += 1;
      const token = cluster.api.addToken(`through-gateway-${users}`, ['system:masters']);
      scripts.set(`Bearer ${token}`, script);
      const path = join(dirname(cluster.kubeconfig), `gateway-${users}.kubeconfig`);
      const about = { server: `https://127.0.0.1:${port}`, caPem: authority.certificate };
      writeFileSync(path, kubeconfigText({ ...about, credentials: { token } }), { mode: 0o600 });
      return path;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
};
