/** Laws that hold for all policies and flows of which everything is known. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateDirection, evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import type { NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { allowedIn, entry } from './naive.ts';
import { DIRECTIONS, direction, policiesIn, scene, withPolicies } from './scene.ts';
import { flowsOf, policies, policy, rule, world } from './worlds.ts';

const TIME = 120_000;

test(
  'it agrees with every policy written out, for all flows of a world',
  () => {
    const states = new Set<string>();
    fc.assert(
      fc.property(world, policies, (pods, some) => {
        const allowed = {
          egress: allowedIn(pods, some, 'egress'),
          ingress: allowedIn(pods, some, 'ingress'),
        };
        for (const { source, destination, flow } of flowsOf(pods, some)) {
          const verdict = evaluateFlow(flow);
          const { port, protocol } = flow;
          const expected = {
            egress: allowed.egress.has(entry(source.id, destination.id, port, protocol)),
            ingress: allowed.ingress.has(entry(destination.id, source.id, port, protocol)),
          };
          for (const side of DIRECTIONS) {
            states.add(`${side} ${verdict[side].state}`);
            if ((verdict[side].state === 'allowed') !== expected[side] || verdict[side].state === 'unknown')
              throw new Error(`${side} of ${JSON.stringify(flow)}: ${JSON.stringify(verdict[side])}`);
          }
          const both = expected.egress && expected.ingress ? 'allowed' : 'denied';
          if (verdict.state !== both) throw new Error(`${verdict.state}, not ${both}`);
        }
      }),
      { numRuns: 250 },
    );
    expect([...states].sort()).toEqual([
      'egress allowed',
      'egress denied',
      'ingress allowed',
      'ingress denied',
    ]);
  },
  TIME,
);

describe('more policies', () => {
  test('one that does not select the pod changes nothing', () => {
    fc.assert(
      fc.property(scene, policy, direction, fc.nat(5), (flow, more, side, at) => {
        const stranger = {
          ...more,
          spec: {
            ...more.spec,
            podSelector: {
              ...more.spec.podSelector,
              matchExpressions: [{ key: 'nobody-has-it', operator: 'Exists' }],
            },
          },
        };
        const changed = withPolicies(flow, policiesIn(flow).toSpliced(at, 0, stranger));
        expect(evaluateDirection(changed, side)).toEqual(evaluateDirection(flow, side));
      }),
    );
  });

  test('one of another namespace changes nothing', () => {
    fc.assert(
      fc.property(scene, policy, direction, (flow, more, side) => {
        const elsewhere = { ...more, metadata: { ...more.metadata, namespace: 'elsewhere' } };
        const changed = withPolicies(flow, [...policiesIn(flow), elsewhere]);
        expect(evaluateDirection(changed, side)).toEqual(evaluateDirection(flow, side));
      }),
    );
  });

  test('one more rule in a policy that isolates never denies what was allowed', () => {
    fc.assert(
      fc.property(scene, fc.nat(4), rule.peers, rule.ports, direction, (flow, at, peers, ports, side) => {
        const changed = policiesIn(flow).map((one, index): NetworkPolicy => {
          if (index !== at) return one;
          const { ingress = [], egress = [], policyTypes = [] } = one.spec;
          // Without policyTypes a first egress rule isolates: that is another policy, not another rule.
          const types =
            policyTypes.length > 0 ? policyTypes : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
          return {
            ...one,
            spec: {
              ...one.spec,
              policyTypes: types,
              ingress: [...ingress, { from: peers, ports }],
              egress: [...egress, { to: peers, ports }],
            },
          };
        });
        const before = evaluateDirection(flow, side).state;
        const after = evaluateDirection(withPolicies(flow, changed), side).state;
        expect(`${before}, then ${after}`).not.toBe('allowed, then denied');
      }),
      { numRuns: 300 },
    );
  });

  test('their order does not matter', () => {
    fc.assert(
      fc.property(scene, direction, (flow, side) => {
        const reversed = withPolicies(flow, policiesIn(flow).toReversed());
        expect(evaluateDirection(reversed, side).state).toBe(evaluateDirection(flow, side).state);
      }),
    );
  });

  test("the API server's defaults, written out, change nothing", () => {
    fc.assert(
      fc.property(scene, (flow) => {
        const written = policiesIn(flow).map((one): NetworkPolicy => {
          const { policyTypes = [], ingress, egress = [], podSelector = {} } = one.spec;
          const withProtocol = <T extends { readonly protocol?: string | undefined }>(
            ports: readonly T[] = [],
          ) => ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' }));
          return {
            ...one,
            spec: {
              podSelector,
              policyTypes:
                policyTypes.length > 0
                  ? policyTypes
                  : egress.length > 0
                    ? ['Ingress', 'Egress']
                    : ['Ingress'],
              ...(ingress === undefined || ingress.length === 0
                ? {}
                : { ingress: ingress.map((one) => ({ ...one, ports: withProtocol(one.ports) })) }),
              ...(egress.length === 0
                ? {}
                : { egress: egress.map((one) => ({ ...one, ports: withProtocol(one.ports) })) }),
            },
          };
        });
        expect(evaluateFlow(withPolicies(flow, written)).state).toBe(evaluateFlow(flow).state);
      }),
    );
  });
});
