/** Which handler answers which verb of a resource. */

import type { KubeObject } from '../contract.ts';
import { podSecurityWarning } from './admission/pod-security.ts';
import { type ResourceCall, storedIn } from './api.ts';
import { review } from './auth/reviews.ts';
import { readObject, readPatch } from './body.ts';
import { isRecord, type Loose } from './json.ts';
import { streamLog } from './pod/log.ts';
import { getObject, listObjects, matchingObjects, renderObject } from './read.ts';
import { deleteCollection, deleteObject } from './remove.ts';
import { groupVersionOf } from './resources.ts';
import { scaleOf, withScale } from './scale.ts';
import { badRequest, methodNotAllowed, notFound } from './status.ts';
import { timestamp } from './store.ts';
import { issueToken } from './tokens.ts';
import { watchObjects } from './watch.ts';
import { fromWire, sendJson, sendNoRoute } from './wire.ts';
import { createObject, updateObject } from './write.ts';

/** A body must be of the kind that the URL names; missing words are filled in. */
const ofKind = ({ resource }: ResourceCall, body: Loose): Loose => {
  const wanted = groupVersionOf(resource);
  const { apiVersion = wanted, kind = resource.kind } = body ?? {};
  if (apiVersion !== wanted || kind !== resource.kind) {
    throw badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}: no kind "${kind}" is registered for version "${apiVersion}"`,
    );
  }
  const object = { ...body, apiVersion, kind };
  if (!isRecord(object.metadata ?? {})) throw badRequest('metadata must be an object');
  return fromWire(resource, object);
};

const warn = ({ api, info, response }: ResourceCall, object: KubeObject): void => {
  const pod = object.kind === 'Pod' ? object : object.spec?.template;
  if (!pod?.spec?.containers || info.namespace === undefined) return;
  const text = podSecurityWarning(api.store.get('namespaces', undefined, info.namespace), pod);
  if (text !== undefined) response.setHeader('Warning', `299 - ${JSON.stringify(text)}`);
};

const create = async (call: ResourceCall): Promise<void> => {
  const { resource, api, response } = call;
  const sent = ofKind(call, await readObject(call.request));
  if (!resource.stored) {
    const answer = review(api.store, resource.kind, call.user, sent);
    const metadata = resource.kind === 'SelfSubjectReview' ? { creationTimestamp: timestamp() } : {};
    sendJson(response, 201, {
      kind: resource.kind,
      apiVersion: groupVersionOf(resource),
      metadata,
      ...answer,
    });
    return;
  }
  const created = createObject(call, sent);
  warn(call, created);
  sendJson(response, 201, renderObject(call, created));
};

const changeWith = (call: ResourceCall, change: (object: Loose) => Loose): void => {
  const { response, info } = call;
  if (info.subresource === 'scale') {
    const stored = updateObject(call, (object) => withScale(object, change(scaleOf(object))));
    sendJson(response, 200, scaleOf(stored));
    return;
  }
  const stored = updateObject(call, change);
  warn(call, stored);
  sendJson(response, 200, renderObject(call, stored));
};

const update = async (call: ResourceCall): Promise<void> => {
  const body = await readObject(call.request);
  const sent = call.info.subresource === 'scale' ? body : ofKind(call, body);
  changeWith(call, () => sent);
};

const patch = async (call: ResourceCall): Promise<void> => {
  const { resource, info, api } = call;
  const { type, apply, body } = await readPatch(call.request, resource.kind);
  const exists = api.store.get(resource.plural, storedIn(call), info.name ?? '') !== undefined;
  if (type === 'application/apply-patch+yaml' && !exists && info.subresource === '') {
    const created = createObject(call, ofKind(call, body));
    sendJson(call.response, 201, renderObject(call, created));
    return;
  }
  changeWith(call, apply);
};

const remove = async (call: ResourceCall): Promise<void> => {
  const { resource, response } = call;
  const body = await readObject(call.request);
  const { before, remaining } = deleteObject(call, body);
  if (remaining !== undefined || resource.plural === 'pods') {
    sendJson(response, 200, renderObject(call, remaining ?? before));
    return;
  }
  const { name, uid } = before.metadata;
  const details = {
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    uid,
  };
  sendJson(response, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
};

const removeAll = async (call: ResourceCall): Promise<void> => {
  const body = await readObject(call.request);
  deleteCollection(call, matchingObjects(call), body);
  listObjects(call);
};

const bind = async (call: ResourceCall): Promise<void> => {
  const { api, info, resource } = call;
  const body = await readObject(call.request);
  const bound = api.store.update('pods', info.namespace, info.name ?? '', (pod) => ({
    ...pod,
    spec: { ...pod.spec, nodeName: body?.target?.name },
  }));
  if (bound === undefined) throw notFound(resource.group, resource.plural, info.name ?? '');
  sendJson(call.response, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
};

type Handler = (call: ResourceCall) => void | Promise<void>;

const getScale: Handler = ({ api, resource, info, response }) => {
  const object = api.store.get(resource.plural, info.namespace, info.name ?? '');
  if (object === undefined) throw notFound(resource.group, resource.plural, info.name ?? '');
  sendJson(response, 200, scaleOf(object));
};
const needsUpgrade: Handler = () => {
  throw badRequest('unable to upgrade: missing upgrade headers in request: only WebSocket is served here');
};

/** By verb, or by subresource and verb. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  get: getObject,
  list: listObjects,
  watch: watchObjects,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeAll,
  'get log': streamLog,
  'get scale': getScale,
  'get status': getObject,
  'get ephemeralcontainers': getObject,
  'get exec': needsUpgrade,
  'create exec': needsUpgrade,
  'get attach': needsUpgrade,
  'create attach': needsUpgrade,
  'create binding': bind,
  'create token': issueToken,
};
const WRITES: readonly string[] = ['update', 'patch'];

export const routeResource = async (call: ResourceCall): Promise<void> => {
  const { info, resource } = call;
  const { subresource, verb } = info;
  if (subresource === '') {
    const handler = HANDLERS[verb];
    if (handler === undefined || (!resource.stored && verb !== 'create')) throw methodNotAllowed();
    await handler(call);
    return;
  }
  const served = resource.subresources.find(({ name }) => name === subresource);
  if (served === undefined) {
    sendNoRoute(call.response);
    return;
  }
  const handler = HANDLERS[`${verb} ${subresource}`] ?? (WRITES.includes(verb) ? HANDLERS[verb] : undefined);
  if (handler === undefined || !served.verbs.includes(verb)) throw methodNotAllowed();
  await handler(call);
};
