/** pods/log: the kubelet's stream, with the query's limits. The kubelet keeps no times, so `timestamps` are those of reading. */
import { once } from 'node:events';
import type { KubeObject } from '../../contract.ts';
import type { ResourceCall } from '../api.ts';
import { endBody, writeBody } from '../output.ts';
import { badRequest } from '../status.ts';
import { chooseContainer, containerStatus, findPod, waitingText } from './containers.ts';

const NEWLINE = 10;

interface LogOptions {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly limitBytes: number | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number | undefined;
}

const isTrue = (value: string | null): boolean => value !== null && value !== 'false' && value !== '0';

const count = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return Number(text);
};

const readOptions = (query: URLSearchParams): LogOptions => {
  const seconds = count(query, 'sinceSeconds');
  const time = query.get('sinceTime');
  return {
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    tailLines: count(query, 'tailLines'),
    limitBytes: count(query, 'limitBytes'),
    since: seconds !== undefined ? Date.now() - seconds * 1000 : time ? Date.parse(time) : undefined,
  };
};

/** Whether the container ended before the time asked for: then none of its log is younger. */
const endedBefore = (pod: KubeObject, container: string, since: number | undefined): boolean => {
  const finishedAt = containerStatus(pod, container)?.state?.terminated?.finishedAt;
  // finishedAt is cut to whole seconds.
  return since !== undefined && finishedAt !== undefined && Date.parse(finishedAt) + 999 < since;
};

/** Where the last `lines` lines begin. */
const tailOffset = (content: Uint8Array, lines: number): number => {
  if (lines === 0) return content.length;
  let left = lines;
  for (let at = content.length - 2; at >= 0; at -= 1) {
    if (content[at] === NEWLINE) left -= 1;
    if (left === 0) return at + 1;
  }
  return 0;
};

const collect = async (stream: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const stamp = (chunk: Uint8Array, atLineStart: boolean): Uint8Array => {
  const time = `${new Date().toISOString().replace('Z', '000000Z')} `;
  const text = Buffer.from(chunk)
    .toString('latin1')
    .replaceAll(/\n(?=[\s\S])/g, `\n${time}`);
  return Buffer.from(atLineStart ? time + text : text, 'latin1');
};

export const streamLog = async (call: ResourceCall): Promise<void> => {
  const { api, info, query, response } = call;
  const pod = findPod(call);
  const name = chooseContainer(pod, query.get('container'));
  const options = readOptions(query);
  if (!pod.spec.nodeName) {
    response.writeHead(204);
    response.end();
    return;
  }
  if (options.previous && containerStatus(pod, name)?.lastState?.terminated === undefined) {
    throw badRequest(`previous terminated container "${name}" in pod "${info.name}" not found`);
  }
  const container = { namespace: info.namespace ?? '', pod: pod.metadata.name, container: name };
  const aborted = new AbortController();
  response.once('close', () => aborted.abort());
  const open = (follow: boolean) => api.kubelet.log(container, { follow, signal: aborted.signal });
  const stream = open(options.follow);
  const waiting = stream === undefined ? waitingText(pod, name) : undefined;
  if (waiting !== undefined) throw badRequest(waiting);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();

  const old = options.tailLines === undefined ? undefined : await collect(open(false));
  let skip = endedBefore(pod, name, options.since)
    ? Number.POSITIVE_INFINITY
    : old === undefined
      ? 0
      : tailOffset(old, options.tailLines ?? 0);
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  let atLineStart = true;
  for await (const chunk of stream ?? []) {
    if (aborted.signal.aborted) return;
    const from = Math.min(skip, chunk.length);
    skip -= from;
    const wanted = chunk.subarray(from);
    if (wanted.length === 0) continue;
    const shown = options.timestamps ? stamp(wanted, atLineStart) : wanted;
    atLineStart = wanted.at(-1) === NEWLINE;
    const cut = shown.subarray(0, Math.min(left, shown.length));
    left -= cut.length;
    if (!writeBody(response, cut)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (left <= 0) break;
  }
  endBody(response);
};
