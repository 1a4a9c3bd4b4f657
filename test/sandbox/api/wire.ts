/** Objects as they go over the wire: `kind` first, Events in the version that was asked for, and the media types of answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubeObject } from '../contract.ts';
import { copy, type Loose } from './json.ts';
import { endBody } from './output.ts';
import { groupVersionOf, type Resource } from './resources.ts';

const EVENTS_GROUP = 'events.k8s.io';

/** A core Event as events.k8s.io/v1 shows it. */
const toNewEvent = (event: Loose): Loose => {
  const {
    message,
    involvedObject,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...rest
  } = event;
  return copy({
    ...rest,
    note: message,
    regarding: involvedObject,
    reportingController: reportingComponent,
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
  });
};

/** An events.k8s.io/v1 Event as it is stored. */
const fromNewEvent = (event: Loose): Loose => {
  const {
    note,
    regarding,
    reportingController,
    deprecatedSource,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    deprecatedCount,
    ...rest
  } = event;
  return copy({
    ...rest,
    apiVersion: 'v1',
    message: note,
    involvedObject: regarding,
    reportingComponent: reportingController,
    source: deprecatedSource ?? {},
    firstTimestamp: deprecatedFirstTimestamp ?? null,
    lastTimestamp: deprecatedLastTimestamp ?? null,
    count: deprecatedCount,
  });
};

export const toWire = (resource: Resource, object: Loose): Loose => {
  const shown = resource.group === EVENTS_GROUP ? toNewEvent(object) : object;
  const { kind: _kind, apiVersion: _version, ...rest } = shown;
  return { kind: resource.kind, apiVersion: groupVersionOf(resource), ...rest };
};

/** Items of a list carry no kind of their own. */
export const toWireItem = (resource: Resource, object: KubeObject): Loose => {
  const { kind: _kind, apiVersion: _version, ...rest } = toWire(resource, object);
  return rest;
};

export const fromWire = (resource: Resource, object: Loose): Loose =>
  resource.group === EVENTS_GROUP ? fromNewEvent(object) : object;

export interface Accepted {
  /** `Table`, `PartialObjectMetadata`, `APIGroupDiscoveryList` …; undefined for the object itself. */
  readonly as: string | undefined;
  readonly version: string | undefined;
}

/** The first form of JSON in Accept that `forms` holds, else plain JSON; undefined when JSON is not accepted at all. */
export const acceptedForm = (request: IncomingMessage, forms: readonly string[]): Accepted | undefined => {
  const ranges = (request.headers.accept ?? '*/*').split(',').map((range) => range.trim());
  for (const range of ranges) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!['application/json', 'application/*', '*/*', 'application/yaml'].includes(type)) continue;
    const values = new Map(
      parameters.map((part): [string, string] => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']),
    );
    const as = values.get('as');
    if (as === undefined) return { as: undefined, version: undefined };
    if (forms.includes(as)) return { as, version: values.get('v') };
  }
  return ranges.some((range) => range.startsWith('text/'))
    ? { as: undefined, version: undefined }
    : undefined;
};

/** Sends one JSON document. */
export const sendJson = (
  response: ServerResponse,
  code: number,
  body: Loose,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(code, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-cache, private',
    ...headers,
  });
  endBody(response, text);
};

export const sendText = (response: ServerResponse, code: number, text: string): void => {
  response.writeHead(code, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': String(Buffer.byteLength(text)),
  });
  endBody(response, text);
};

/** No such route: plain text, not a Status. */
export const sendNoRoute = (response: ServerResponse): void =>
  sendText(response, 404, '404 page not found\n');
