/** What is checked before exec or attach become a WebSocket; refusals are ordinary HTTP answers. */

import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ResourceCall } from '../api.ts';
import { cutSocket } from '../output.ts';
import { ApiError, badRequest, failure, internalError } from '../status.ts';
import { PROTOCOLS } from './channels.ts';
import { chooseContainer, containerStatus, findPod } from './containers.ts';
import { runAttach, runExec } from './exec.ts';

const offered = (header: string | undefined): readonly string[] =>
  (header ?? '').split(',').map((protocol) => protocol.trim());

const server = new WebSocketServer({
  noServer: true,
  handleProtocols: (protocols) => PROTOCOLS.find((protocol) => protocols.has(protocol)) ?? false,
});

/** Thrown where the API server answers 403 with no body at all: none of the offered protocols is known. */
const unknownProtocol = (): ApiError => new ApiError(failure(403, '', ''));

/** Takes the connection over. Throws an ApiError when it must not; nothing is written then. */
export const upgradeToStream = (call: ResourceCall, socket: Duplex, head: Buffer): void => {
  const { request, api, info, query } = call;
  const pod = findPod(call);
  const container = chooseContainer(pod, query.get('container'));
  const { phase } = pod.status ?? {};
  if (!pod.spec.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  if (info.subresource === 'exec' && !query.has('command'))
    throw badRequest('you must specify at least one command for the container');
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
    throw badRequest(
      `unable to upgrade: only WebSocket is served here, not ${request.headers.upgrade ?? 'plain HTTP'}`,
    );
  }
  if (containerStatus(pod, container)?.state?.running === undefined) {
    throw internalError(`unable to upgrade connection: container not found ("${container}")`);
  }
  const wanted = offered(request.headers['sec-websocket-protocol']);
  if (!PROTOCOLS.some((protocol) => wanted.includes(protocol))) throw unknownProtocol();
  server.handleUpgrade(request, socket, head, (client) => {
    const target = { api, pod, container, query, protocol: client.protocol };
    const run = info.subresource === 'exec' ? runExec : runAttach;
    for (const action of call.faults) if (action.kind === 'cut') cutSocket(socket, action.afterBytes);
    client.on('error', () => client.terminate());
    run(client, target).catch(() => client.close(1011));
  });
};
