/** One request from authentication to answer. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, type Call, isDryRun } from './api.ts';
import { type Attributes, authorize, refusalText } from './auth/rbac.ts';
import { authenticate, impersonate, type MayImpersonate, type User } from './auth/user.ts';
import { answerDiscovery } from './discovery.ts';
import { type FaultAction, statusFault } from './faults.ts';
import { answerOpenApi } from './openapi.ts';
import { cutAfter } from './output.ts';
import { upgradeToStream } from './pod/upgrade.ts';
import { type RequestInfo, readRequestInfo } from './request-info.ts';
import { findResource } from './resources.ts';
import { routeResource } from './routes.ts';
import { ApiError, failure, forbidden } from './status.ts';
import { sendJson, sendNoRoute, sendText } from './wire.ts';

/** Ends the connection with a RST. */
export type Reset = (request: IncomingMessage) => void;

const HEALTH = /^\/(healthz|livez|readyz)(\/|$)/;

const attributesOf = (info: RequestInfo): Attributes =>
  info.isResource ? { kind: 'resource', ...info } : { kind: 'path', verb: info.verb, path: info.path };

const requireAllowed = (api: Api, user: User, info: RequestInfo): void => {
  const asked = attributesOf(info);
  if (authorize(api.store, user, asked).allowed) return;
  if (info.isResource) throw forbidden(info.group, info.resource, info.name, refusalText(user, asked));
  throw new ApiError(failure(403, 'Forbidden', `forbidden: ${refusalText(user, asked)}`, {}));
};

/** From Kubernetes 1.35, a WebSocket exec needs `create` beside `get`; this refusal carries no reason. */
const requireCreate = (api: Api, user: User, info: RequestInfo): void => {
  if (info.verb !== 'get') return;
  const asked = { kind: 'resource', ...info, verb: 'create' } as const;
  if (authorize(api.store, user, asked).allowed) return;
  const { reason: _none, ...status } = forbidden(
    '',
    info.resource,
    info.name,
    refusalText(user, asked),
  ).status;
  throw new ApiError(status);
};

const begin = (api: Api, request: IncomingMessage): Omit<Call, 'response'> => {
  const url = new URL(request.url ?? '/', 'https://localhost');
  const may: MayImpersonate = (user, target) =>
    authorize(api.store, user, { kind: 'resource', verb: 'impersonate', namespace: undefined, ...target })
      .allowed;
  const user = impersonate(request, authenticate(request, api.tokens), may);
  const info = readRequestInfo(request.method ?? 'GET', url);
  const faults = api.faults.take({
    method: request.method ?? 'GET',
    info,
    user: user.name,
    dryRun: isDryRun(url.searchParams),
  });
  return { api, request, query: url.searchParams, info, user, faults };
};

/** Returns false when the request gets no answer at all. */
const sufferFaults = async (
  faults: readonly FaultAction[],
  request: IncomingMessage,
  reset: Reset,
): Promise<boolean> => {
  for (const action of faults) {
    if (action.kind === 'meanwhile') await action.happens();
    if (action.kind === 'delay') await sleep(action.ms, undefined, { ref: false });
    if (action.kind === 'status') throw statusFault(action);
    if (action.kind === 'hang') return false;
    if (action.kind === 'reset') {
      reset(request);
      return false;
    }
  }
  return true;
};

const route = async (call: Call): Promise<void> => {
  const { api, info, request, response, user } = call;
  requireAllowed(api, user, info);
  if (info.isResource) {
    const resource = findResource(info.group, info.version, info.resource);
    if (resource === undefined) sendNoRoute(response);
    else await routeResource({ ...call, resource });
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') sendNoRoute(response);
  else if (HEALTH.test(info.path)) sendText(response, 200, 'ok');
  else if (!answerDiscovery(request, response, info.path) && !answerOpenApi(request, response, info.path)) {
    sendNoRoute(response);
  }
};

const refuse = (response: ServerResponse, error: unknown): void => {
  if (response.headersSent) {
    response.socket?.destroy();
    return;
  }
  if (error instanceof ApiError) {
    if (error.status.message === '' && error.status.code === 403) response.writeHead(403).end();
    else sendJson(response, error.status.code, error.status, error.headers);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  sendJson(
    response,
    500,
    failure(500, 'InternalError', `Internal error occurred: the API double failed: ${text}`),
  );
};

export const handleRequest = async (
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
  reset: Reset,
): Promise<void> => {
  try {
    const call = { ...begin(api, request), response };
    if (!(await sufferFaults(call.faults, request, reset))) return;
    if (call.faults.some(({ kind }) => kind === 'no-route')) {
      sendNoRoute(response);
      return;
    }
    for (const action of call.faults) if (action.kind === 'cut') cutAfter(response, action.afterBytes);
    await route(call);
  } catch (error) {
    refuse(response, error);
  }
};

/** An answer on a connection that Node has let go of because of its Upgrade header. */
const refuseUpgrade = (socket: Duplex, error: unknown): void => {
  const status =
    error instanceof ApiError
      ? error.status
      : failure(500, 'InternalError', `Internal error occurred: ${error}`);
  const body = status.message === '' ? '' : `${JSON.stringify(status)}\n`;
  const headers = error instanceof ApiError ? error.headers : {};
  const lines = [
    `HTTP/1.1 ${status.code} ${status.reason ?? 'Error'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
};

const STREAMS: readonly string[] = ['exec', 'attach'];

/** A request that wants to become something else: exec and attach. */
export const handleUpgrade = async (
  api: Api,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  reset: Reset,
): Promise<void> => {
  // Never written to: refusals go to the socket itself.
  const response = new ServerResponse(request);
  try {
    const call = { ...begin(api, request), response };
    if (!(await sufferFaults(call.faults, request, reset))) return;
    const { info, user } = call;
    const resource = findResource(info.group, info.version, info.resource);
    if (resource?.plural !== 'pods' || !STREAMS.includes(info.subresource)) {
      throw new ApiError(failure(404, 'NotFound', 'the server could not find the requested resource', {}));
    }
    requireAllowed(api, user, info);
    requireCreate(api, user, info);
    upgradeToStream({ ...call, resource }, socket, head);
  } catch (error) {
    socket.on('error', () => socket.destroy());
    refuseUpgrade(socket, error);
  }
};
