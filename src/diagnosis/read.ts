/** From the case's raw runs to observations: each ask is answered, unreadable, or did not run with the reason. */
import { type Observation, suite } from '../../probes/index.ts';
import type { Case } from '../model/case.ts';
import type { Entry } from '../model/entry.ts';
import type { Ask, DidNotRun, ObservationOf, RawResult } from '../model/probe.ts';

/** An ask of a saved case that this version cannot even put a type on; it counts as unmeasured. */
export interface Unread {
  readonly id: string;
  readonly why: string;
}

export interface Reading {
  readonly observations: readonly Observation[];
  readonly unread: readonly Unread[];
}

/** Why an ask has no run. */
const absence = (entry: Entry): DidNotRun => {
  if (entry.state !== 'ran') return { kind: 'did-not-run', reason: 'not-started' };
  return { kind: 'did-not-run', reason: entry.end === 'deadline' ? 'killed' : 'no-record' };
};

const observe = (
  probe: (typeof suite)[number],
  ask: Ask,
  run: RawResult | undefined,
  entry: Entry,
): Observation | undefined => {
  // THE documented cast. What belongs to one probe (its question, its parser, its outcomes) is tied together by `id`, which
  // TypeScript cannot follow through a list; the question is checked against the probe's own schema before it is used.
  const one = probe as unknown as {
    readonly question: { safeParse(value: unknown): { success: true; data: unknown } | { success: false } };
    readonly parse: (output: RawResult, question: unknown) => Observation['outcome'];
  };
  const question = one.question.safeParse(ask.question);
  if (!question.success) return undefined;
  const observation: ObservationOf<string, unknown, Observation['outcome']> = {
    id: ask.id,
    probe: probe.id,
    purpose: ask.purpose,
    question: question.data,
    outcome: run === undefined ? absence(entry) : one.parse(run, question.data),
    ...(run?.startedMs === undefined ? {} : { startedMs: run.startedMs }),
    ...(run?.durationMs === undefined ? {} : { durationMs: run.durationMs }),
  };
  return observation as Observation;
};

export const read = ({ asks, runs, entry }: Pick<Case, 'asks' | 'runs' | 'entry'>): Reading => {
  const observations: Observation[] = [];
  const unread: Unread[] = [];
  for (const { id, probe: probeId, purpose, question } of asks) {
    const probe = suite.find((candidate) => candidate.id === probeId);
    if (probe === undefined) {
      unread.push({ id, why: `this version does not know the probe ${probeId}` });
      continue;
    }
    const run = runs.find((candidate) => candidate.id === id);
    const observation = observe(probe, { id, probe: probeId, purpose, question }, run, entry);
    if (observation === undefined) unread.push({ id, why: `its question is not one that ${probeId} takes` });
    else observations.push(observation);
  }
  return { observations, unread };
};
