/** What may happen to the connection over which the log is followed: it is the only way by which results come. */
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { type Gateway, logScript, startGateway, type Treatment } from './gateway.ts';
import {
  dishonesties,
  failuresOf,
  idlePod,
  inLanes,
  NAMESPACE,
  namespaceObject,
  type Outcome,
  runNetcheck,
  unlike,
} from './lab.ts';

/** At once, where runs do little but work. */
const BUSY_LANES = 4;
const PATIENCE = 120_000;

let cluster: SandboxCluster;
let gateway: Gateway;
/** Of a run that nothing happens to. */
let logBytes = 0;

const podOf = (lane: number) => `pod-${lane}`;
const run = (pod: string, kubeconfig: string, timeoutSeconds: number): Promise<Outcome> =>
  runNetcheck({ pod, kubeconfig, timeoutSeconds, args: ['--no-internet'] });

const logOf = async (pod: string, container: string): Promise<string> => {
  const { admin, caPem, server } = cluster.api;
  const path = `/api/v1/namespaces/${NAMESPACE}/pods/${pod}/log?container=${container}`;
  return new Promise((resolve, reject) => {
    const asked = request(`${server}${path}`, { ca: caPem, key: admin.key, cert: admin.certificate });
    asked.once('error', reject);
    asked.once('response', (response) => void text(response).then(resolve, reject));
    asked.end();
  });
};

let waiting: Promise<ReadonlyMap<Case, Outcome>> | undefined;
/**
 * The runs of the last group, which do little but wait: they begin with the first test. Not in beforeAll: between a hook and a test
 * Jest lets nothing be imported.
 */
const waitingRuns = (): Promise<ReadonlyMap<Case, Outcome>> => {
  waiting ??= runWaiting();
  return waiting;
};

beforeAll(async () => {
  cluster = await startCluster();
  gateway = await startGateway(cluster);
  const pods = Array.from({ length: BUSY_LANES }, (_, lane) => idlePod(podOf(lane)));
  await cluster.apply([namespaceObject, ...pods, ...WAITING.map((_, lane) => idlePod(waitingPod(lane)))]);
  const plain = await run(podOf(0), cluster.kubeconfig, 60);
  expect(plain.report?.verdict.status).toBe('healthy');
  const entry = plain.case?.entry;
  if (entry?.state !== 'ran') throw new Error('nothing ran');
  logBytes = Buffer.byteLength(await logOf(podOf(0), entry.container));
}, PATIENCE);
afterAll(async () => {
  await gateway?.stop();
  await cluster?.stop();
});

interface Case {
  readonly name: string;
  readonly treat: (nth: number) => Treatment | undefined;
}
type Judged = (outcome: Outcome) => readonly string[];

const failing = async (cases: readonly Case[], timeoutSeconds: number, also: Judged) =>
  failuresOf(
    await inLanes(BUSY_LANES, cases, async (item, lane) => {
      const kubeconfig = gateway.kubeconfigFor(logScript(item.treat));
      const outcome = await run(podOf(lane), kubeconfig, timeoutSeconds);
      return { item, outcome, wrong: [...dishonesties(outcome, timeoutSeconds), ...also(outcome)] };
    }),
  );

const healthy: Judged = (outcome) => unlike(outcome, { status: 'healthy', exit: 0 });
const once = (treatment: Treatment) => (nth: number) => (nth === 0 ? treatment : undefined);

test(
  'cut after so many bytes, at 25 places of the stream: it is read again, nothing is lost and nothing counts twice',
  async () => {
    waitingRuns().catch(() => undefined);
    const cases = Array.from({ length: 25 }, (_, k) => {
      const afterBytes = Math.floor((k * logBytes) / 25);
      return { name: `cut after ${afterBytes} bytes`, treat: once({ kind: 'cut', afterBytes }) };
    });
    expect(await failing(cases, 60, healthy)).toEqual([]);
  },
  PATIENCE,
);

test(
  'cut at eight moments, and again and again with a little more each time',
  async () => {
    const moments = [0, 20, 60, 120, 200, 300, 450, 700].map((afterMs) => ({
      name: `cut after ${afterMs} ms`,
      treat: once({ kind: 'cut', afterMs }),
    }));
    const steps = [2_000, 5_000].map((step) => ({
      name: `cut every ${step} bytes further`,
      treat: (nth: number): Treatment => ({ kind: 'cut', afterBytes: (nth + 1) * step }),
    }));
    expect(await failing([...moments, ...steps], 60, healthy)).toEqual([]);
  },
  PATIENCE,
);

const half = () => Math.floor(logBytes * 0.6);
const thenAlways =
  (second: Treatment) =>
  (nth: number): Treatment =>
    nth === 0 ? { kind: 'cut', afterBytes: half() } : second;

const REFUSED: readonly Case[] = [
  { name: '403', treat: thenAlways({ kind: 'status', code: 403, message: 'pods is forbidden: no log' }) },
  { name: '500', treat: thenAlways({ kind: 'status', code: 500, message: 'dial tcp: i/o timeout' }) },
  { name: 'closed', treat: thenAlways({ kind: 'close' }) },
  { name: 'a page', treat: thenAlways({ kind: 'body', text: '<html>who are you' }) },
  { name: 'cut at the same place', treat: () => ({ kind: 'cut', afterBytes: half() }) },
  { name: 'silent at once, always', treat: () => ({ kind: 'stall', afterBytes: 0 }) },
  { name: 'silent at the same place', treat: () => ({ kind: 'stall', afterBytes: half() }) },
];
const LAST_WORD: readonly Case[] = [1, 8, 60, 200].map((missing) => ({
  name: `${missing} bytes missing for ever`,
  treat: (nth) => (nth === 0 ? { kind: 'cut', afterBytes: logBytes - missing } : { kind: 'close' }),
}));
const HALF_OPEN: readonly Case[] = [0, 0.3, 0.7, 0.95].map((share) => ({
  name: `silent once, after ${share} of the stream`,
  treat: (nth) => (nth === 0 ? { kind: 'stall', afterBytes: Math.floor(share * logBytes) } : undefined),
}));
const WAITING = [...REFUSED, ...LAST_WORD, ...HALF_OPEN];
/** Those that cannot come to an end need no more; those that can have plenty. */
const timeoutOf = (item: Case) => (HALF_OPEN.includes(item) ? 60 : 20);
const waitingPod = (lane: number) => `waiting-${lane}`;

/** Cases that mostly wait need little of the machine: they run beside all others. */
const runWaiting = async (): Promise<ReadonlyMap<Case, Outcome>> => {
  const outcomes = new Map<Case, Outcome>();
  await inLanes(WAITING.length, WAITING, async (item, lane) => {
    const kubeconfig = gateway.kubeconfigFor(logScript(item.treat));
    outcomes.set(item, await run(waitingPod(lane), kubeconfig, timeoutOf(item)));
  });
  return outcomes;
};

describe('a connection that does not come back, or is half open', () => {
  let outcomes: ReadonlyMap<Case, Outcome>;
  beforeAll(async () => {
    outcomes = await waitingRuns();
  }, PATIENCE);

  const wrongOf = (cases: readonly Case[], also: Judged): readonly string[] =>
    failuresOf(
      cases.map((item) => {
        const outcome = outcomes.get(item);
        if (outcome === undefined) throw new Error(`did not run: ${item.name}`);
        return { item, outcome, wrong: [...dishonesties(outcome, timeoutOf(item)), ...also(outcome)] };
      }),
    );

  test('refused or silent from then on: inconclusive, and the reason names the log', () => {
    const wrong = wrongOf(REFUSED, (outcome) => [
      ...unlike(outcome, { status: 'inconclusive', exit: 4 }),
      ...(/ log/.test(outcome.report?.verdict.unknowns[0] ?? '') ? [] : ['the reason does not name the log']),
    ]);
    expect(wrong).toEqual([]);
  });

  test('what arrived before is kept', () => {
    const cases = REFUSED.filter(({ name }) => !name.startsWith('silent at once'));
    const wrong = wrongOf(cases, ({ case: theCase }) =>
      theCase !== undefined && theCase.runs.length > 0 ? [] : ['nothing was kept'],
    );
    expect(wrong).toEqual([]);
  });

  test('all but the last bytes, then nothing: healthy only if every answer is in', () => {
    expect(wrongOf(LAST_WORD, () => [])).toEqual([]);
  });

  test('half open once: it is opened anew, and nothing is lost', () => {
    expect(wrongOf(HALF_OPEN, healthy)).toEqual([]);
  });
});
