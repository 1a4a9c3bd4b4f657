/** A share of the chaos run (chaos.ts), the same each time: `npm run robustness` plays all of it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { told } from '../chaos/lab.ts';
import { MISBEHAVIOUR_NAMES } from './api-misbehaviour.ts';
import { cutsOf, type Lab, openLab, recordSession, type Tried, tryCuts, tryMisbehaviour } from './chaos.ts';

const PATIENCE = 180_000;

let lab: Lab;
let session: { readonly bytes: number; readonly requests: number };
beforeAll(async () => {
  lab = await openLab();
  session = await recordSession(lab);
}, PATIENCE);
afterAll(() => lab?.stop());

const wrongOf = (tried: readonly Tried[]): readonly string[] =>
  tried
    .filter(({ wrong }) => wrong.length > 0)
    .map(({ name, outcome, wrong }) => `${name}: ${wrong.join('; ')}\n    ${told(outcome)}`);
const healthy = (tried: readonly Tried[]): number =>
  tried.filter(({ outcome }) => outcome.report?.verdict.status === 'healthy').length;

test(
  'the connection is cut once: it is made again, and nothing is lost',
  async () => {
    const tried = await tryCuts(lab, cutsOf(session.bytes, 16), 'once');
    expect(wrongOf(tried)).toEqual([]);
    expect(healthy(tried)).toBe(tried.length);
  },
  PATIENCE,
);

test(
  'the connection is cut for good: over in time, and never healthy by mistake',
  async () => {
    const tried = await tryCuts(lab, cutsOf(session.bytes, 6), 'for ever');
    expect(wrongOf(tried)).toEqual([]);
    expect(healthy(tried)).toBeLessThan(tried.length);
  },
  PATIENCE,
);

test(
  'wrong answers, each kind at another request of the session',
  async () => {
    const cases = MISBEHAVIOUR_NAMES.flatMap((what, at) => [
      { what, nth: (at * 5) % session.requests, times: 'once' as const },
      // From the beginning on nothing is known; later there is something to judge.
      { what, nth: at % 6, times: 'for ever' as const },
    ]);
    const tried = await tryMisbehaviour(lab, cases);
    expect(wrongOf(tried)).toEqual([]);
    expect(healthy(tried)).toBeGreaterThan(MISBEHAVIOUR_NAMES.length / 2);
  },
  PATIENCE,
);
