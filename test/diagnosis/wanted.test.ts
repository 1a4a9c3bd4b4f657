/** Which evidence is asked for once the answers are in: nothing where all is well. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { wantedMore } from '../../src/diagnosis/wanted.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';

const CASES = new URL('../cases/', import.meta.url);
const caseOf = (name: string): Case =>
  caseSchema.parse(JSON.parse(readFileSync(new URL(`${name}/case.json`, CASES), 'utf8')));

test.each([
  ['healthy', []],
  ['to-service', []],
  ['healthy-deployment', []],
  ['policy-egress-allowed', []],
])('%s', (name, expected) => {
  expect(wantedMore(caseOf(name))).toEqual(expected);
});

test.each([
  ['internet-unreachable', ['kubeProxyPods', 'networkDaemonSets', 'apiGroups']],
  [
    'service-selector-typo',
    ['kubeProxyPods', 'destinationEvents', 'destinationNodes', 'destinationNeighbours'],
  ],
  ['dns-without-endpoints', ['corefile']],
])('%s', (name, expected) => {
  expect(wantedMore(caseOf(name))).toEqual(expect.arrayContaining(expected));
});

/** A few for what was asked, each once; an API server is not to be leaned on. */
const MOST_REQUESTS = 45;

test('how many requests a run may cost', () => {
  const counts = readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const { apiRequests } = caseOf(name);
      return apiRequests === undefined ? [] : [{ name, apiRequests }];
    });
  expect(counts.length).toBeGreaterThan(50);
  expect(counts.filter(({ apiRequests }) => apiRequests > MOST_REQUESTS)).toEqual([]);
});
