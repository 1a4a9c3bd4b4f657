/** pods/exec over WebSocket against the recorded frames: channels, final Status, close code, refusals before the upgrade. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { type Loose, parseJson } from '../sandbox/api/json.ts';
import { type ExecRecording, execRecordings } from './recordings.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

const POD = 'client-7858598c99-cgcrp';
const RUNNING = (name: string): Loose => ({ name, state: { running: {} }, ready: true, restartCount: 0 });

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
  await post(world, '/api/v1/namespaces/shop/pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: POD },
    spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'docker.io/lab/web:1' }] },
  });
  world.store.update('pods', 'shop', POD, (pod) => ({
    ...pod,
    spec: { ...pod.spec, ephemeralContainers: [{ name: 'wsx', image: 'x' }] },
    status: {
      phase: 'Running',
      containerStatuses: [RUNNING('app')],
      ephemeralContainerStatuses: [RUNNING('wsx')],
    },
  }));
  const { kubelet } = world;
  const runtime = 'OCI runtime exec failed: exec failed: unable to start container process: exec: ';
  kubelet.script(['sh', '-c', 'echo out; echo err >&2'], { stdout: 'out\n', stderr: 'err\n' });
  kubelet.script(['sh', '-c', 'echo x; exit 3'], { stdout: 'x\n', code: 3 });
  kubelet.script(['sh', '-c', 'exit 2'], { code: 2 });
  kubelet.script(['cat'], { echoes: true });
  kubelet.script(['/no/such'], { message: `${runtime}"/no/such": stat /no/such: no such file or directory` });
  kubelet.script(['sh', '-c', 'true'], { message: `${runtime}"sh": executable file not found in $PATH` });
  kubelet.script(['sh', '-c', 'head -c 100000 /dev/zero | tr "\\0" x'], { stdout: 'x'.repeat(100_000) });
});
afterAll(() => world?.stop());

interface Frame {
  readonly channel: number;
  readonly data: Buffer;
}
interface Session {
  readonly protocol: string;
  readonly frames: readonly Frame[];
  readonly close: { readonly code: number; readonly reason: string } | undefined;
  readonly http: { readonly status: number; readonly body: string } | undefined;
}

const open = (recording: ExecRecording): Promise<Session> =>
  new Promise((resolve) => {
    const query = new URLSearchParams({ container: recording.container, stdout: 'true', stderr: 'true' });
    for (const word of recording.command) query.append('command', word);
    const withInput = recording.name.startsWith('stdin');
    if (withInput) query.set('stdin', 'true');
    const { api } = world;
    const url = `${api.server.replace('https', 'wss')}/api/v1/namespaces/shop/pods/${POD}/exec?${query}`;
    const tls = { ca: api.caPem, cert: api.admin.certificate, key: api.admin.key };
    const socket = new WebSocket(url, [...recording.protocolsOffered], tls);
    const frames: Frame[] = [];
    socket.on('message', (message: Buffer) =>
      frames.push({ channel: message[0] ?? -1, data: message.subarray(1) }),
    );
    socket.on('open', () => {
      if (!withInput) return;
      socket.send(Buffer.concat([Buffer.from([0]), Buffer.from('hello\n')]));
      socket.send(Buffer.from([255, 0]));
    });
    socket.on('close', (code, reason) =>
      resolve({
        protocol: socket.protocol,
        frames,
        close: { code, reason: reason.toString() },
        http: undefined,
      }),
    );
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const http = { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
        resolve({ protocol: '', frames, close: undefined, http });
      });
    });
    socket.on('error', () => undefined);
  });

/** The recordings shorten long frames to their beginning and size. */
const SHORTENED = /…\((\d+) bytes\)$/;
const sizeOf = (text: string): number => Number(SHORTENED.exec(text)?.[1] ?? Buffer.byteLength(text));

const output = (
  frames: readonly { readonly channel: number; readonly size: number }[],
  channel: number,
): number => frames.filter((frame) => frame.channel === channel).reduce((sum, { size }) => sum + size, 0);

/** Ids of exec sessions differ. */
const finalStatus = (text: string): Loose => parseJson(text.replaceAll(/[0-9a-f]{64}/g, 'ID'));

describe('exec says the recorded frames', () => {
  test.each(execRecordings.map((recording) => [recording.name, recording] as const))(
    '%s',
    async (_name, recording) => {
      const session = await open(recording);
      expect(session.http).toEqual(recording.http);
      expect(session.close).toEqual(recording.close);
      expect(session.protocol).toBe(recording.protocol ?? '');
      const here = session.frames.map(({ channel, data }) => ({
        channel,
        text: data.toString(),
        size: data.length,
      }));
      const real = recording.frames.map(({ channel, text }) => ({ channel, text, size: sizeOf(text) }));
      // First an empty frame of output, last the Status; what is between may be cut and mixed as it comes.
      const ends = (frames: typeof here) => [frames[0], frames.at(-1)].map((frame) => frame?.channel);
      expect(ends(here)).toEqual(ends(real));
      expect(here[0]?.size).toBe(real[0]?.size);
      for (const channel of [1, 2]) {
        expect(output(here, channel)).toBe(output(real, channel));
        const words = (frames: typeof here) =>
          frames.filter((frame) => frame.channel === channel && !SHORTENED.test(frame.text));
        const joined = (frames: typeof here) =>
          words(frames)
            .map(({ text }) => text)
            .join('');
        if (!real.some(({ text }) => SHORTENED.test(text))) expect(joined(here)).toBe(joined(real));
      }
      expect(Math.max(0, ...here.map(({ size }) => size))).toBeLessThanOrEqual(32_768);
      if (real.length > 0) {
        expect(finalStatus(here.at(-1)?.text ?? '')).toEqual(finalStatus(real.at(-1)?.text ?? ''));
      }
    },
    20_000,
  );

  test('all recorded sessions are here', () => expect(execRecordings.length).toBe(9));
});

describe('what is no WebSocket is refused before anything runs', () => {
  test('SPDY', async () => {
    const path = `/api/v1/namespaces/shop/pods/${POD}/exec?command=true&container=app`;
    const headers = { Connection: 'Upgrade', Upgrade: 'SPDY/3.1' };
    const answer = await world.client.send({ method: 'POST', path, headers });
    expect([answer.status, answer.body.reason]).toEqual([400, 'BadRequest']);
    expect(answer.body.message).toContain('only WebSocket is served here');
  });

  test('a user who may get but not create pods/exec', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] }];
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop';
    const metadata = { name: 'exec-get' };
    await post(world, `${rbac}/roles`, { metadata, rules });
    const roleRef = { kind: 'Role', name: 'exec-get' };
    await post(world, `${rbac}/rolebindings`, {
      metadata,
      roleRef,
      subjects: [{ kind: 'User', name: 'half' }],
    });
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Impersonate-User': 'half' };
    const path = `/api/v1/namespaces/shop/pods/${POD}/exec?command=true&container=app`;
    const answer = await world.client.send({ path, headers });
    expect([answer.status, answer.body.reason]).toEqual([403, undefined]);
  });
});

test('a connection that is cut after so many bytes ends without a Status', async () => {
  const undo = world.api.faults.add({
    on: { subresource: 'exec' },
    action: { kind: 'cut', afterBytes: 40_000 },
  });
  const large = execRecordings.find(({ name }) => name === 'large-output');
  if (large === undefined) throw new Error('no recording of a large output');
  const session = await open(large);
  undo();
  expect(session.close?.code).toBe(1006);
  expect(session.frames.some(({ channel }) => channel === 3)).toBe(false);
  expect(session.frames.reduce((sum, { data }) => sum + data.length, 0)).toBeGreaterThan(30_000);
});

describe('attach', () => {
  test('shows what the container has printed and prints, then Success', async () => {
    world.kubelet.print('wsx', 'early\n');
    const { api } = world;
    const url = `${api.server.replace('https', 'wss')}/api/v1/namespaces/shop/pods/${POD}/attach?container=wsx&stdout=true`;
    const tls = { ca: api.caPem, cert: api.admin.certificate, key: api.admin.key };
    const socket = new WebSocket(url, ['v5.channel.k8s.io'], tls);
    const frames: Frame[] = [];
    const text = (channel: number) =>
      frames
        .filter((frame) => frame.channel === channel)
        .map(({ data }) => data.toString())
        .join('');
    await new Promise<void>((resolve) => {
      socket.on('message', (message: Buffer) => {
        frames.push({ channel: message[0] ?? -1, data: message.subarray(1) });
        if (text(1) === 'early\n') world.kubelet.print('wsx', 'early\nlate\n', true);
      });
      socket.on('close', () => resolve());
    });
    expect([text(1), parseJson(text(3)).status]).toEqual(['early\nlate\n', 'Success']);
  });
});
