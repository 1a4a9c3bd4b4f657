/** A TCP relay before the API server that loses the connection after so many bytes, TLS and all, whichever way they go. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { SandboxCluster } from '../sandbox/cluster.ts';

export interface Cutter {
  /** A path: the cluster's own kubeconfig, with the relay for its server. */
  readonly kubeconfig: string;
  /** Relayed so far, over all connections. */
  readonly bytes: () => number;
  readonly stop: () => void;
}

export type Times = 'once' | 'for ever';

/** @param afterBytes of the whole session, counted over all its connections. `for ever`: from then on no connection lasts. */
export const startCutter = async (
  cluster: SandboxCluster,
  afterBytes: number,
  times: Times,
): Promise<Cutter> => {
  const upstream = new URL(cluster.server);
  const open = new Set<Socket>();
  let relayed = 0;
  let isCut = false;

  const end = (...sockets: readonly Socket[]) => {
    for (const socket of sockets) socket.destroy();
  };
  const relay = (from: Socket, to: Socket): void => {
    from.on('data', (chunk: Buffer) => {
      const left = afterBytes - relayed;
      relayed += chunk.length;
      if (isCut || chunk.length < left) {
        to.write(chunk);
        return;
      }
      isCut = true;
      const lost = times === 'once' ? [from, to] : [...open];
      to.write(chunk.subarray(0, left), () => end(...lost));
    });
    from.on('error', () => end(from, to));
    from.on('close', () => end(to));
  };

  const server = createServer((client) => {
    if (isCut && times === 'for ever') {
      client.destroy();
      return;
    }
    const api = connect(Number(upstream.port), upstream.hostname);
    for (const socket of [client, api]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    relay(client, api);
    relay(api, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const kubeconfig = join(dirname(cluster.kubeconfig), `cut-${port}.kubeconfig`);
  const text = readFileSync(cluster.kubeconfig, 'utf8').replaceAll(
    cluster.server,
    `https://127.0.0.1:${port}`,
  );
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  return {
    kubeconfig,
    bytes: () => relayed,
    stop: () => {
      server.close();
      end(...open);
    },
  };
};
