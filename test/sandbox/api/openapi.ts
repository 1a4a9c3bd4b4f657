/**
 * OpenAPI, as little of it as kubectl needs: v3 says which resources take `dryRun` and `fieldValidation`. It states no
 * schemas, so kubectl apply computes its patches from the types that it has built in.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Loose } from './json.ts';
import { GROUP_VERSIONS, groupVersionOf, RESOURCES, type Resource } from './resources.ts';
import { sendJson, sendText } from './wire.ts';

const rootOf = (groupVersion: string): string => (groupVersion === 'v1' ? 'api/v1' : `apis/${groupVersion}`);

const PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
  name,
  in: 'query',
  schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
}));

const operation = (resource: Resource): Loose => ({
  'x-kubernetes-group-version-kind': {
    group: resource.group,
    version: resource.version,
    kind: resource.kind,
  },
  parameters: PARAMETERS,
  requestBody: { content: { 'application/merge-patch+json': { schema: { type: 'object' } } } },
  responses: { 200: { description: 'OK' } },
});

const paths = (groupVersion: string): Loose => {
  const entries = RESOURCES.filter((one) => one.stored && groupVersionOf(one) === groupVersion).map(
    (resource): [string, Loose] => {
      const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
      const path = `/${rootOf(groupVersion)}${scope}/${resource.plural}/{name}`;
      return [path, { patch: operation(resource), put: operation(resource) }];
    },
  );
  return Object.fromEntries(entries);
};

const info = { title: 'Kubernetes', version: 'v1.36.2' };

/** Answers /openapi; false when the path is none of its. */
export const answerOpenApi = (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
  if (path === '/openapi/v3') {
    const roots = GROUP_VERSIONS.map((one): [string, Loose] => [
      rootOf(one),
      { serverRelativeURL: `/openapi/v3/${rootOf(one)}?hash=1` },
    ]);
    sendJson(response, 200, { paths: Object.fromEntries(roots) });
    return true;
  }
  const groupVersion = GROUP_VERSIONS.find((one) => path === `/openapi/v3/${rootOf(one)}`);
  if (groupVersion !== undefined) {
    sendJson(response, 200, {
      openapi: '3.0.0',
      info,
      paths: paths(groupVersion),
      components: { schemas: {} },
    });
    return true;
  }
  if (path !== '/openapi/v2') return false;
  // Only the protobuf form is asked for by kubectl; without it, it goes on without schemas.
  if (!/application\/json|\*\/\*/.test(request.headers.accept ?? '*/*')) sendText(response, 406, '');
  else sendJson(response, 200, { swagger: '2.0', info, paths: {}, definitions: {} });
  return true;
};
