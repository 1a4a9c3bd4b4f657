/** Get and list, as objects, tables or bare metadata. */

import type { KubeObject } from '../contract.ts';
import { type ResourceCall, storedIn } from './api.ts';
import type { Loose } from './json.ts';
import { parseJson } from './json.ts';
import { groupVersionOf } from './resources.ts';
import { queryMatcher } from './selectors.ts';
import { ApiError, badRequest, expired, failure, notFound } from './status.ts';
import { partialMetadata, renderTable } from './table/index.ts';
import { type Accepted, acceptedForm, sendJson, toWire, toWireItem } from './wire.ts';

const FORMS = ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'];

/** How the client wants objects; throws 406 when JSON will not do. */
export const wantedForm = ({ request }: ResourceCall): Accepted => {
  const form = acceptedForm(request, FORMS);
  if (form !== undefined) return form;
  const accepted = 'application/json, application/json;stream=watch';
  const message = `only the following media types are accepted: ${accepted}`;
  throw new ApiError(failure(406, 'NotAcceptable', message));
};

/** One object, in the form that was asked for. */
export const renderObject = (call: ResourceCall, object: KubeObject): Loose => {
  const { as } = wantedForm(call);
  if (as === 'Table') {
    const metadata = { resourceVersion: object.metadata.resourceVersion };
    return renderTable(call.resource, [object], metadata, call.query.get('includeObject'));
  }
  return as === 'PartialObjectMetadata' ? partialMetadata(object) : toWire(call.resource, object);
};

export const getObject = (call: ResourceCall): void => {
  const { api, resource, info } = call;
  const object = api.store.get(resource.plural, storedIn(call), info.name ?? '');
  if (object === undefined) throw notFound(resource.group, resource.plural, info.name ?? '');
  sendJson(call.response, 200, renderObject(call, object));
};

export const matchingObjects = (call: ResourceCall): readonly KubeObject[] => {
  const { api, resource, query } = call;
  const matches = queryMatcher(resource.plural, query);
  return api.store.list(resource.plural, storedIn(call)).filter(matches);
};

interface Continue {
  readonly version: string;
  readonly after: string;
}
const encode = (token: Continue): string => Buffer.from(JSON.stringify(token)).toString('base64url');
const decode = (text: string): Continue => {
  const token = parseJson(Buffer.from(text, 'base64url').toString());
  if (typeof token?.after !== 'string') throw badRequest('continue key is not valid');
  return { version: String(token.version), after: token.after };
};
const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** One page: `limit` objects after the `continue` token. Throws 410 when the token's version is forgotten. */
const page = (call: ResourceCall): { readonly objects: readonly KubeObject[]; readonly metadata: Loose } => {
  const { api, query } = call;
  const token = query.get('continue') ? decode(query.get('continue') ?? '') : undefined;
  if (token !== undefined && Number(token.version) < api.history.compacted) {
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
    );
  }
  const all = matchingObjects(call).filter((object) => token === undefined || keyOf(object) > token.after);
  const limit = Number(query.get('limit') ?? 0);
  const objects = limit > 0 ? all.slice(0, limit) : all;
  const last = objects.at(-1);
  const version = token?.version ?? api.store.resourceVersion;
  const selected = query.has('labelSelector') || query.has('fieldSelector');
  const more =
    last === undefined || objects.length === all.length
      ? {}
      : {
          continue: encode({ version, after: keyOf(last) }),
          ...(selected ? {} : { remainingItemCount: all.length - objects.length }),
        };
  return { objects, metadata: { resourceVersion: version, ...more } };
};

export const listObjects = (call: ResourceCall): void => {
  const { resource, response, query } = call;
  const { as } = wantedForm(call);
  const { objects, metadata } = page(call);
  if (as === 'Table') {
    sendJson(response, 200, renderTable(resource, objects, metadata, query.get('includeObject')));
    return;
  }
  const partial = as === 'PartialObjectMetadataList';
  sendJson(response, 200, {
    kind: partial ? 'PartialObjectMetadataList' : `${resource.kind}List`,
    apiVersion: partial ? 'meta.k8s.io/v1' : groupVersionOf(resource),
    metadata,
    items: objects.map((object) => (partial ? partialMetadata(object) : toWireItem(resource, object))),
  });
};
