/** `--only` and `--skip`: what was left out is neither claimed nor held against the pod. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { SuiteWord } from '../../probes/words.ts';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import { selected } from '../../src/plan/selection.ts';

const HEALTHY = caseSchema.parse(
  JSON.parse(readFileSync(new URL('../cases/healthy/case.json', import.meta.url), 'utf8')),
);

const narrowed = (only: readonly SuiteWord[]): Case => {
  const asks = HEALTHY.asks.filter(selected({ only }));
  const runs = HEALTHY.runs.filter(({ id }) => asks.some((ask) => ask.id === id));
  return { ...HEALTHY, narrowed: true, asks, runs };
};

test('a healthy part does not claim that the pod reaches anything', () => {
  const { verdict } = judge(narrowed(['interface']));
  expect(verdict.status).toBe('healthy');
  expect(verdict.summary).toBe(
    'shop/client passed 3 checks; the other checks were left out (--only, --skip)',
  );
});

test('names alone', () => {
  const { verdict, checks, layers } = judge(narrowed(['dns']));
  expect(verdict.status).toBe('healthy');
  expect(checks.filter(({ state }) => state === 'ok').map(({ id }) => id)).toEqual([
    'pod',
    'cluster-name',
    'external-name',
  ]);
  expect(
    layers.filter(({ state }) => state === 'not-run').map(({ layer, detail }) => `${layer}: ${detail}`),
  ).toEqual(
    ['interface', 'route', 'port', 'tls', 'protocol'].map((layer) => `${layer}: not asked (--only, --skip)`),
  );
});

test('nothing that health is judged by proves nothing', () => {
  expect(judge(narrowed(['tool-versions'])).verdict.status).toBe('inconclusive');
});
