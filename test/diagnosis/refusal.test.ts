/** The refusals that a real API server gave (recorded), and those whose texts are known from the sources of the plugins. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { readRefusal } from '../../src/diagnosis/refusal.ts';
import { canI, roleFor } from '../../src/diagnosis/rights.ts';
import { refused } from './build.ts';

const recorded = z
  .array(
    z.object({
      name: z.string(),
      container: z.string(),
      httpStatus: z.number(),
      message: z.string(),
      details: z.object({ name: z.string().optional() }),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('./refusals.json', import.meta.url), 'utf8')));

const EXPECTED: Readonly<Record<string, unknown>> = {
  'inject-forbidden': {
    kind: 'access',
    right: { verb: 'patch', resource: 'pods/ephemeralcontainers', group: '', namespace: 'tr', user: 'dev' },
  },
  'inject-not-found': { kind: 'no-pod' },
  'inject-psa-restricted-bare': { kind: 'pod-security', level: 'restricted:latest', containers: ['nc-1'] },
  'inject-psa-restricted-root': { kind: 'pod-security', level: 'restricted:latest', containers: ['nc-2'] },
  'inject-psa-restricted-netraw': { kind: 'pod-security', level: 'restricted:latest', containers: ['nc-3'] },
};

test.each(recorded.map((refusal) => [refusal.name, refusal] as const))('%s', (name, refusal) => {
  const read = readRefusal({
    state: 'refused',
    container: refusal.container,
    image: 'netshoot',
    httpStatus: refusal.httpStatus,
    message: refusal.message,
    details: refusal.details.name === undefined ? {} : { name: refusal.details.name },
  });
  expect(read).toEqual(EXPECTED[name] ?? { kind: 'other' });
});

test('every expected refusal was recorded', () => {
  expect(recorded.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(EXPECTED)));
});

test('Pod Security names several containers, or the pod alone', () => {
  const read = (message: string) => {
    const entry = refused(403, message);
    return entry.state === 'refused' ? readRefusal(entry) : undefined;
  };
  expect(
    read(
      'violates PodSecurity "baseline:v1.30": privileged (containers "old", "netcheck-abcde" must not set securityContext.privileged=true)',
    ),
  ).toEqual({ kind: 'pod-security', level: 'baseline:v1.30', containers: ['old', 'netcheck-abcde'] });
  expect(read('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)')).toEqual({
    kind: 'pod-security',
    level: 'baseline:latest',
    containers: [],
  });
});

test('a right becomes a command and the smallest Role', () => {
  const right = { verb: 'patch', resource: 'pods/ephemeralcontainers', group: '', namespace: 'shop' };
  expect(canI(right)).toBe('kubectl auth can-i patch pods --subresource=ephemeralcontainers -n shop');
  expect(
    canI({ verb: 'list', resource: 'endpointslices', group: 'discovery.k8s.io', namespace: 'shop' }),
  ).toBe('kubectl auth can-i list endpointslices.discovery.k8s.io -n shop');
  expect(roleFor([right, right], 'shop').match(/verbs/g)).toHaveLength(1);
  // Hostile words never reach a command line.
  expect(canI({ verb: 'get;reboot', resource: '$(x)', group: '', namespace: 'a b' })).toBe(
    'kubectl auth can-i VERB RESOURCE -n NAMESPACE',
  );
});
