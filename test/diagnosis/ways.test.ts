/** How a report tells the way that was gone, and those that are closed. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import type { Entry } from '../../src/model/entry.ts';

const saved = (name: string): Case =>
  caseSchema.parse(JSON.parse(readFileSync(new URL(`../cases/${name}/case.json`, import.meta.url), 'utf8')));
const healthy = saved('healthy');

const refused: Entry = {
  state: 'refused',
  container: 'netcheck-x7k2p',
  image: 'netshoot',
  httpStatus: 403,
  reason: 'Forbidden',
  message: 'pods "client" is forbidden: admission webhook "guard.corp" denied the request: no debugging',
};

describe('another way was gone', () => {
  const {
    verdict,
    findings,
    notes = [],
  } = judge({
    ...healthy,
    entry: { ...healthy.entry, via: 'exec' } as Entry,
    otherWays: [refused],
  });

  test('the way that is closed is told, and is no part of the verdict', () => {
    expect(verdict.status).toBe('healthy');
    expect(verdict.chain).toEqual([]);
    expect(findings.filter(({ code }) => code === 'NC1104')).toMatchObject([
      { severity: 'info', about: 'ephemeral' },
    ]);
  });

  test('the notes say how it was seen, and why not in the usual way', () => {
    expect(notes[0]).toMatch(/^seen through a container of the pod, with that container's tools: netcheck-/);
    expect(notes[1]).toMatch(/^not through an ephemeral container .* NC1104, .*guard\.corp/);
  });
});

test('no way is open: the first is the reason, the others are named beside it', () => {
  const { verdict, findings } = judge({
    ...healthy,
    entry: refused,
    runs: [],
    otherWays: [
      { state: 'not-attempted', via: 'exec', why: 'no-way', detail: 'no kubectl is on PATH' },
      {
        state: 'not-attempted',
        via: 'jump',
        why: 'access-denied',
        missing: [{ verb: 'create', group: '', resource: 'pods', namespace: 'shop' }],
      },
    ],
  });
  expect(verdict).toMatchObject({ status: 'inconclusive', chain: ['NC1104'] });
  expect(verdict.unknowns.join('\n')).toMatch(/nor through .*\(--via exec\): no kubectl is on PATH/);
  expect(verdict.unknowns.join('\n')).toMatch(/nor through .*\(--via jump\): NC1101, .*create pods/);
  expect(findings.find(({ code }) => code === 'NC1101')).toMatchObject({ severity: 'info', about: 'jump' });
});

test.each([
  [4, 0],
  [5, 1],
])('%i containers of earlier runs: %i notes', (count, expected) => {
  const { pod } = healthy.evidence;
  if (pod.state !== 'known') throw new Error('no pod');
  const ephemeralContainers = Array.from({ length: count }, (_, nth) => ({ name: `netcheck-${nth}` }));
  const value = { ...pod.value, spec: { ...pod.value.spec, ephemeralContainers } };
  const report = judge({ ...healthy, evidence: { ...healthy.evidence, pod: { state: 'known', value } } });
  expect(report.notes ?? []).toHaveLength(expected);
});

describe('a look-alike', () => {
  const jumped = saved('via-jump-dns-silent');
  const well = saved('via-auto-pod-security');

  test('where all of it works the pod is not called healthy: its own end was not seen', () => {
    const { verdict, checks } = judge(well);
    expect(verdict.status).toBe('inconclusive');
    expect(checks.filter(({ state }) => state === 'unknown').map(({ id }) => id)).toEqual(['original-pod']);
    expect(verdict.unknowns.join()).toMatch(/the pod itself is there/);
  });

  test('in the network of the node it is the same end', () => {
    expect(judge(saved('via-jump-host-network')).verdict.status).toBe('healthy');
  });

  test('it says nothing of what listens in the pod', () => {
    expect(jumped.asks.some(({ purpose }) => purpose === 'listeners')).toBe(false);
  });

  test('what is broken on its node is broken for the pod', () => {
    expect(judge(jumped).verdict).toMatchObject({ status: 'broken', chain: ['NC3001'] });
  });
});
