/** An API server that is throttled, restarting, broken or silent, at each kind of request that a run sends. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultAction, FaultMatch } from '../sandbox/api/faults.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { type Gateway, type Script, startGateway } from './gateway.ts';
import {
  dishonesties,
  failuresOf,
  idlePod,
  inLanes,
  namespaceObject,
  type Outcome,
  runNetcheck,
  unlike,
} from './lab.ts';

const LANES = 6;
const PATIENCE = 180_000;
/** Where the log cannot be had a run may last to its end; all others are over long before theirs, on a slow machine too. */
const timeoutOf = (item: Case) => (AT_LOG.includes(item) ? 12 : 60);

let cluster: SandboxCluster;
let gateway: Gateway;
beforeAll(async () => {
  cluster = await startCluster();
  gateway = await startGateway(cluster);
  await cluster.apply([
    namespaceObject,
    ...Array.from({ length: LANES }, (_, lane) => idlePod(`pod-${lane}`)),
  ]);
}, PATIENCE);
afterAll(async () => {
  await gateway?.stop();
  await cluster?.stop();
});

/** As the API double's faults name a request, and as the gateway sees it. */
interface Kind {
  readonly on: readonly FaultMatch[];
  readonly path: RegExp;
}
const kind = (path: RegExp, ...on: readonly FaultMatch[]): Kind => ({ on, path });

const NEEDED = {
  'GET pod': kind(/\/pods\/[^/]+$/, { verb: 'get', resource: 'pods', subresource: '' }),
  'POST access review': kind(/accessreviews$/, { resource: 'selfsubjectaccessreviews' }),
  'GET svc kubernetes': kind(/\/services\/kubernetes$/, { resource: 'services', namespace: 'default' }),
  'PATCH ephemeralcontainers': kind(/\/ephemeralcontainers$/, { subresource: 'ephemeralcontainers' }),
  'GET log': kind(/\/log$/, { subresource: 'log' }),
} as const satisfies Record<string, Kind>;

const EVIDENCE = {
  node: kind(/\/nodes\//, { resource: 'nodes' }),
  events: kind(/\/events$/, { resource: 'events' }),
  policies: kind(/\/networkpolicies$/, { resource: 'networkpolicies' }),
  slices: kind(/\/endpointslices$/, { resource: 'endpointslices' }),
  'DNS Service': kind(/kube-system\/services$/, { resource: 'services', namespace: 'kube-system' }),
} as const satisfies Record<string, Kind>;
const ALL_EVIDENCE = kind(
  /\/(nodes\/[^/]+|events|networkpolicies|endpointslices)$|kube-system\/services$/,
  ...Object.values(EVIDENCE).flatMap(({ on }) => on),
);

/** `page`: 200 and something that is not JSON. It comes from the gateway, all others from the API double. */
const FAULTS = {
  '429': { kind: 'status', code: 429, retryAfterSeconds: 1 },
  '503': { kind: 'status', code: 503 },
  '500': { kind: 'status', code: 500 },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  cut: { kind: 'cut', afterBytes: 20 },
  page: 'page',
} as const satisfies Record<string, FaultAction | 'page'>;
type FaultName = keyof typeof FAULTS;
const FAULT_NAMES = [
  '429',
  '503',
  '500',
  'reset',
  'hang',
  'cut',
  'page',
] as const satisfies readonly FaultName[];

interface Case {
  readonly name: string;
  readonly kind: Kind;
  readonly fault: FaultName;
  readonly times: 'once' | 'always';
}

const pageScript = ({ path: wanted }: Kind, times: Case['times']): Script => {
  let told = 0;
  return ({ path, status }) => {
    if (!wanted.test(path) || status >= 300 || (times === 'once' && told > 0)) return undefined;
    told += 1;
    return { kind: 'body', text: '<html>please sign in' };
  };
};

/** Each case is a user of its own, so that its faults hit nobody else. */
const kubeconfigOf = async ({ name, kind: { on, path }, fault, times }: Case): Promise<string> => {
  const action = FAULTS[fault];
  if (action === 'page') return gateway.kubeconfigFor(pageScript({ on, path }, times));
  for (const match of on)
    cluster.api.faults.add({
      on: { ...match, user: name },
      action,
      ...(times === 'once' ? { times: 1 } : {}),
    });
  return cluster.kubeconfigOf(name, ['system:masters']);
};

const casesOf = (
  kinds: Readonly<Record<string, Kind>>,
  times: Case['times'],
  faults: readonly FaultName[] = FAULT_NAMES,
): readonly Case[] =>
  Object.entries(kinds).flatMap(([request, of]) =>
    faults.map((fault) => ({ name: `${fault} ${times} at ${request}`, kind: of, fault, times })),
  );
const pick = (request: keyof typeof NEEDED) => ({ [request]: NEEDED[request] });

const ONCE = [...casesOf(NEEDED, 'once'), ...casesOf({ 'all evidence': ALL_EVIDENCE }, 'once')];
const AT_LOG = casesOf(pick('GET log'), 'always');
const AT_POD = casesOf(pick('GET pod'), 'always');
const AT_HELPERS = [
  ...casesOf(pick('POST access review'), 'always'),
  ...casesOf(pick('GET svc kubernetes'), 'always'),
];
const REFUSED = casesOf(pick('PATCH ephemeralcontainers'), 'always', ['429', '503', '500']);
const UNANSWERED = casesOf(pick('PATCH ephemeralcontainers'), 'always', ['reset', 'hang']);
const ANSWER_LOST = casesOf(pick('PATCH ephemeralcontainers'), 'always', ['cut', 'page']);
const AT_EVIDENCE = [
  ...casesOf({ 'all evidence': ALL_EVIDENCE }, 'always'),
  ...casesOf(EVIDENCE, 'always', ['503']),
];

/** What the layers on the screen are made from, beside the probes. */
const SHOWN = /all evidence|policies|slices/;

/** All runs, side by side; those that wait longest come first. */
const outcomes = new Map<Case, Outcome>();
beforeAll(async () => {
  const all = [AT_LOG, UNANSWERED, AT_HELPERS, AT_EVIDENCE, AT_POD, REFUSED, ANSWER_LOST, ONCE].flat();
  await inLanes(LANES, all, async (item, lane) => {
    const outcome = await runNetcheck({
      pod: `pod-${lane}`,
      kubeconfig: await kubeconfigOf(item),
      timeoutSeconds: timeoutOf(item),
      args: ['--no-internet', ...(item.fault === 'hang' ? ['--request-timeout', '3s'] : [])],
    });
    outcomes.set(item, outcome);
  });
}, PATIENCE);

const wrongOf = (
  cases: readonly Case[],
  also: (outcome: Outcome, item: Case) => readonly string[],
): readonly string[] =>
  failuresOf(
    cases.map((item) => {
      const outcome = outcomes.get(item);
      if (outcome === undefined) throw new Error(`did not run: ${item.name}`);
      return { item, outcome, wrong: [...dishonesties(outcome, timeoutOf(item)), ...also(outcome, item)] };
    }),
  );

const healthy = (outcome: Outcome) => unlike(outcome, { status: 'healthy', exit: 0 });
const inconclusive = (outcome: Outcome, exit: number, entry: string) => [
  ...unlike(outcome, { status: 'inconclusive', exit }),
  ...(outcome.case?.entry.state === entry ? [] : [`entry ${outcome.case?.entry.state}, not ${entry}`]),
];

test('once, at any request: the run gets over it, and is right', () => {
  expect(wrongOf(ONCE, healthy)).toEqual([]);
});

describe('always', () => {
  test('at the pod itself: nothing is known, and nothing is added', () => {
    expect(wrongOf(AT_POD, (outcome) => inconclusive(outcome, 1, 'not-attempted'))).toEqual([]);
  });

  test('at what can be done without (access reviews, svc kubernetes): the probes decide', () => {
    expect(wrongOf(AT_HELPERS, healthy)).toEqual([]);
  });

  test('at the PATCH: inconclusive, with what the server said', () => {
    expect(wrongOf(REFUSED, (outcome) => inconclusive(outcome, 4, 'refused'))).toEqual([]);
    expect(wrongOf(UNANSWERED, (outcome) => inconclusive(outcome, 1, 'not-attempted'))).toEqual([]);
  });

  test('at the answer to the PATCH only: the container was added all the same, and is used', () => {
    expect(wrongOf(ANSWER_LOST, healthy)).toEqual([]);
  });

  test('at the log: the container ran, its answers could not be had, and the reason names the log', () => {
    const wrong = wrongOf(AT_LOG, (outcome) => [
      ...inconclusive(outcome, 4, 'ran'),
      ...(/ log/.test(outcome.report?.verdict.unknowns[0] ?? '') ? [] : ['the log is not named']),
    ]);
    expect(wrong).toEqual([]);
  });

  test('at the evidence: the probes decide, and the case says what was not read', () => {
    const wrong = wrongOf(AT_EVIDENCE, (outcome, item) => [
      ...healthy(outcome),
      ...(/not read|could not be read/.test(outcome.stdout) || !SHOWN.test(item.name)
        ? []
        : ['the screen does not say so']),
      ...(Object.values(outcome.case?.evidence ?? {}).some(({ state }) => state === 'failed')
        ? []
        : ['no evidence is marked as failed']),
    ]);
    expect(wrong).toEqual([]);
  });
});
