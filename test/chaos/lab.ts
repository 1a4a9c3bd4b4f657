/** Runs of the whole command line against one shared cluster, with what has to hold of every run whatever goes wrong. */
import { tmpdir } from 'node:os';
import { check } from '../../src/check.ts';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import type { Report } from '../../src/model/report.ts';
import { netcheck } from '../cli/in-process.ts';
import type { KubeObject } from '../sandbox/contract.ts';

export const NAMESPACE = 'chaos';

/**
 * A pod that has nothing to serve: the probes are what is wanted of it. Debug containers start quickly in it, also one after the
 * other. `settings`: sandbox.netcheck/ annotations.
 */
export const idlePod = (name: string, settings: Readonly<Record<string, string>> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: NAMESPACE,
    annotations: Object.fromEntries(
      Object.entries({ timing: 'quiet', ...settings }).map(([key, value]) => [
        `sandbox.netcheck/${key}`,
        value,
      ]),
    ),
  },
  spec: { containers: [{ name: 'app', image: 'docker.io/example/sleeper:1' }] },
});

export const namespaceObject: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE },
};

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
  /** undefined where the run ended with an error instead. */
  readonly case: Case | undefined;
  readonly report: Report | undefined;
}

const CASE_FILE = 'case.json';

export interface RunOptions {
  readonly pod: string;
  readonly kubeconfig: string;
  readonly timeoutSeconds: number;
  readonly args?: readonly string[];
  readonly signal?: AbortSignal;
}

export const runNetcheck = async (options: RunOptions): Promise<Outcome> => {
  const { pod, kubeconfig, timeoutSeconds, args = [] } = options;
  const began = performance.now();
  const ran = await netcheck(
    [
      pod,
      ...['-n', NAMESPACE, '--kubeconfig', kubeconfig, '--save', CASE_FILE],
      ...['--timeout', `${timeoutSeconds}s`, ...args],
    ],
    {},
    {
      loadCheck: async () => check,
      now: () => new Date(),
      // kubectl keeps there what it knows of clusters.
      env: { LANG: 'C.UTF-8', PATH: process.env.PATH, HOME: tmpdir() },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
  );
  const elapsedMs = performance.now() - began;
  const saved = ran.files[CASE_FILE];
  const theCase = saved === undefined ? undefined : caseSchema.parse(JSON.parse(saved));
  return {
    exit: ran.code,
    stdout: ran.stdout,
    stderr: ran.stderr,
    elapsedMs,
    case: theCase,
    report: theCase === undefined ? undefined : judge(theCase),
  };
};

/** On top of `--timeout`: judging, and a machine with other things to do. */
const SLACK_MS = 15_000;

const STACK = /^\s+at .*:\d+:\d+|fault of its own/m;

/** What does not hold although it has to of every run, broken API server or not; the pod's network is sound in all of them. */
export const dishonesties = (outcome: Outcome, timeoutSeconds: number): readonly string[] => {
  const { exit, stdout, stderr, elapsedMs, report } = outcome;
  const wrong: string[] = [];
  if (elapsedMs > timeoutSeconds * 1000 + SLACK_MS)
    wrong.push(`took ${Math.round(elapsedMs)} ms of ${timeoutSeconds} s`);
  if (STACK.test(stderr) || STACK.test(stdout)) wrong.push(`a stack: ${stderr}`);
  if (outcome.case === undefined || report === undefined) {
    if (exit !== 1) wrong.push(`no case, but exit ${exit}`);
    if (!/^error: \S/m.test(stderr)) wrong.push(`no case and no error: ${stderr}`);
    if (stdout !== '') wrong.push('an error, and yet a report');
    return wrong;
  }
  const { asks, runs, entry } = outcome.case;
  const { verdict, findings } = report;
  const answered = new Set(runs.map(({ id }) => id));
  if (answered.size !== runs.length) wrong.push('a record counts twice');
  if (runs.some(({ id }) => !asks.some((ask) => ask.id === id))) wrong.push('a record that nobody asked for');
  if (verdict.status === 'healthy') {
    if (exit !== 0) wrong.push(`healthy, but exit ${exit}`);
    if (asks.length === 0 || asks.some(({ id }) => !answered.has(id)))
      wrong.push('healthy with an answer missing');
    if (entry.state !== 'ran') wrong.push(`healthy, and nothing ran: ${entry.state}`);
  } else {
    if (exit === 0) wrong.push(`${verdict.status}, but exit 0`);
    if (verdict.status === 'inconclusive' && verdict.unknowns.every((reason) => reason.trim() === ''))
      wrong.push('inconclusive without a reason');
    if (!stdout.includes(verdict.status)) wrong.push('the verdict is not on the screen');
  }
  // Nothing is wrong with the pod's network, so a finding may only be of getting in (layer target), or a warning.
  const invented = findings.filter(({ layer, severity }) => severity === 'error' && layer !== 'target');
  if (invented.length > 0)
    wrong.push(`invented: ${invented.map(({ code, id }) => `${code} ${id}`).join(', ')}`);
  return wrong;
};

/** `dishonesties` of a run in a pod whose network is not sound. */
export const dishonestiesOfBroken = (outcome: Outcome, timeoutSeconds: number): readonly string[] =>
  dishonesties(outcome, timeoutSeconds).filter((wrong) => !wrong.startsWith('invented'));

/** Short, for the message of a failed test. */
export const told = ({ exit, elapsedMs, report, case: theCase, stderr }: Outcome): string =>
  [
    `exit ${exit} after ${Math.round(elapsedMs)} ms`,
    report === undefined ? stderr.trim() : `${report.verdict.status}: ${report.verdict.summary}`,
    ...(report?.verdict.unknowns ?? []),
    theCase === undefined
      ? ''
      : `${theCase.runs.length} of ${theCase.asks.length}, entry ${JSON.stringify(theCase.entry)}`,
  ]
    .filter((line) => line !== '')
    .join('\n    ');

/** Works through `items` in as many lanes; each lane has a number of its own, so that it can have a pod of its own. */
export const inLanes = async <Item, Result>(
  lanes: number,
  items: readonly Item[],
  work: (item: Item, lane: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const waiting = [...items.entries()];
  const results = new Map<number, Result>();
  const drive = async (lane: number): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.set(next[0], await work(next[1], lane));
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => drive(lane)));
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
};

/** Lines for the message of a failed test: each case that went wrong, with what it told. */
export const failuresOf = <Item extends { readonly name: string }>(
  results: readonly { readonly item: Item; readonly outcome: Outcome; readonly wrong: readonly string[] }[],
): readonly string[] =>
  results
    .filter(({ wrong }) => wrong.length > 0)
    .map(({ item, outcome, wrong }) => `${item.name}: ${wrong.join('; ')}\n    ${told(outcome)}`);

/** What differs from the wanted status and exit. */
export const unlike = (
  { exit, report }: Outcome,
  wanted: { readonly status: string; readonly exit: number },
): readonly string[] => [
  ...(report?.verdict.status === wanted.status ? [] : [`${report?.verdict.status}, not ${wanted.status}`]),
  ...(exit === wanted.exit ? [] : [`exit ${exit}, not ${wanted.exit}`]),
];
