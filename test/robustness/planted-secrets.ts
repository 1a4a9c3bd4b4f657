/** Secrets, each where it would really stand, and all that netcheck then writes: outputs, files, errors. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asSaved, caseText } from '../../src/cli/case-file.ts';
import { explainError } from '../../src/cli/explain-error.ts';
import { createClient, know } from '../../src/cluster/client.ts';
import { entryOf } from '../../src/cluster/follow/entry-of.ts';
import { loadConnection } from '../../src/cluster/kubeconfig/index.ts';
import { unreachable } from '../../src/cluster/unreachable.ts';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import { configMapSchema, eventSchema, podSchema } from '../../src/model/kubernetes.ts';
import type { ConnectionFlags } from '../../src/model/options.ts';
import { redact } from '../../src/redact.ts';
import { netcheck } from '../cli/in-process.ts';
import { SINKS } from './sinks.ts';

/** All that is written for a case: its file, and every form of its report. */
const textsOf = (value: Case): readonly string[] => {
  const report = judge(asSaved(value));
  return [caseText(value), ...SINKS.map(({ render }) => render(report))];
};

const golden = (name: string): Case =>
  caseSchema.parse(JSON.parse(readFileSync(new URL(`../cases/${name}/case.json`, import.meta.url), 'utf8')));

export type Plant = (secret: string) => Promise<readonly string[]>;

/** In what curl printed of the app's own answer, and in its log. */
export const inRun =
  (line: (secret: string) => string, stream: 'stdout' | 'stderr' = 'stderr'): Plant =>
  async (secret) => {
    const value = golden('to-http-unauthorized');
    const runs = value.runs.map((run) =>
      run.id.startsWith('http-get') || run.stderr !== ''
        ? redact({ ...run, [stream]: `${line(secret)}\n${run[stream]}\n${line(secret)}\n` })
        : run,
    );
    return textsOf({ ...value, runs });
  };

/** In the pod as the API server gives it. */
export const inPod =
  (part: (secret: string) => Readonly<Record<string, unknown>>): Plant =>
  async (secret) => {
    const value = golden('service-pods-crash');
    const { metadata = {}, spec = {}, status = {}, container = {} } = part(secret) as Record<string, object>;
    const raw = {
      metadata: { name: 'client', namespace: 'shop', ...metadata },
      spec: { ...spec, containers: [{ name: 'app', image: 'web', ...container }] },
      status: { phase: 'Running', podIP: '10.244.0.9', ...status },
    };
    const pod = { state: 'known' as const, value: podSchema.parse(raw) };
    const pods = { state: 'known' as const, value: [podSchema.parse(raw)] };
    return textsOf({ ...value, evidence: { ...value.evidence, pod, destinationPods: pods, dnsPods: pods } });
  };

export const inEvent =
  (message: (secret: string) => string): Plant =>
  async (secret) => {
    const value = golden('service-pods-not-started');
    const event = eventSchema.parse({
      type: 'Warning',
      reason: 'Failed',
      message: message(secret),
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'client' },
    });
    const events = { state: 'known' as const, value: [event] };
    return textsOf({
      ...value,
      evidence: { ...value.evidence, podEvents: events, destinationEvents: events },
    });
  };

export const inConfigMap =
  (data: (secret: string) => Readonly<Record<string, string>>): Plant =>
  async (secret) => {
    const value = golden('dns-corefile-invalid');
    const kept = configMapSchema.parse({ metadata: { name: 'coredns' }, data: data(secret) });
    const corefile = { state: 'known' as const, value: kept };
    return textsOf({ ...value, evidence: { ...value.evidence, corefile } });
  };

/** The container's own last words: its log, and its termination message. */
export const inLog =
  (text: (secret: string) => string): Plant =>
  async (secret) => {
    const value = golden('healthy');
    const entry = entryOf(
      {
        kind: 'ended',
        end: { exitCode: 1, reason: 'Error', message: text(secret) },
      },
      { container: 'netcheck-x', image: 'netshoot' },
      { ran: true, pulling: false, strayText: text(secret), startMs: 1, trouble: undefined },
    );
    return textsOf({ ...value, entry, runs: [] });
  };

const told = async (error: unknown): Promise<string> => {
  const shown: string[] = [];
  await explainError(error, {
    stderr: { write: async (text) => void shown.push(text) },
    env: { LANG: 'C.UTF-8' },
    platform: 'linux',
  });
  return shown.join('');
};

/** An API server that answers everything with this, asked with this token. */
export const inAnswer =
  (answer: (secret: string) => readonly [status: number, body: string], token?: string): Plant =>
  async (secret) => {
    const [status, body] = answer(secret);
    const server = http.createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const client = createClient(
      {
        server: `http://127.0.0.1:${port}`,
        agent: new http.Agent(),
        headers: { Authorization: token ?? `Bearer ${secret}` },
      },
      { namespace: 'shop', context: 'x', requestTimeoutMs: 5_000 },
      new AbortController().signal,
    );
    try {
      const right = { verb: 'get', resource: 'pods', group: '', namespace: 'shop' };
      const known = await know(client, '/x', {}, podSchema, right);
      const refused = await client.request({ method: 'PATCH', path: '/x', body: {} });
      const value = golden('healthy');
      const entry = {
        state: 'refused' as const,
        container: 'c',
        image: 'i',
        httpStatus: status,
        message: refused.ok ? '' : refused.failure.message,
      };
      const trouble = client.trouble();
      return [
        ...textsOf({ ...value, evidence: { ...value.evidence, pod: known }, entry, runs: [] }),
        trouble?.kind === 'unauthenticated' ? await told(new Error(trouble.message)) : 'no trouble',
      ];
    } finally {
      client.close();
      server.close();
    }
  };

/** On a command line that ends in an error, or in a run that cannot begin. */
export const inArgv =
  (
    argv: (secret: string) => readonly string[],
    files: (secret: string) => Readonly<Record<string, string>> = () => ({}),
  ): Plant =>
  async (secret) => {
    const { stdout, stderr, files: written } = await netcheck(argv(secret), files(secret));
    return [stdout + stderr, ...Object.values(written)];
  };

/** In a kubeconfig, a login program or a variable; the connection is made as far as it can be. */
export const inKubeconfig =
  (
    content: (secret: string, folder: string) => string,
    env: (secret: string) => Readonly<Record<string, string>> = () => ({}),
    flags: (secret: string) => Readonly<Record<string, string>> = () => ({}),
  ): Plant =>
  async (secret) => {
    const folder = mkdtempSync(join(tmpdir(), 'netcheck-secrets-'));
    try {
      const kubeconfig = join(folder, 'config');
      writeFileSync(kubeconfig, content(secret, folder));
      const connectionFlags: ConnectionFlags = { asGroups: [], kubeconfig, ...flags(secret) };
      try {
        const { endpoint, namespace, context } = await loadConnection(connectionFlags, {
          HOME: folder,
          PATH: process.env.PATH,
          ...env(secret),
        });
        const client = createClient(
          endpoint,
          { namespace, context, requestTimeoutMs: 3_000 },
          new AbortController().signal,
        );
        const gone = await client.request({ method: 'GET', path: '/version' }).then(
          () => 'it answered',
          () => {
            const trouble = client.trouble();
            const { server } = client.description;
            return trouble?.kind === 'unreachable'
              ? unreachable(trouble.error, server, connectionFlags)
              : trouble;
          },
        );
        client.close();
        return [await told(gone)];
      } catch (error) {
        return [await told(error)];
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
