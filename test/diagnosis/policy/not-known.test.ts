/** What is not known, or not understood, never turns into a wrong answer. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateDirection, evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import type { End, Flow } from '../../../src/diagnosis/policy/flow.ts';
import type { NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { naiveState } from './fillings.ts';
import { direction, scene, withPolicies } from './scene.ts';
import { NAMESPACES } from './worlds.ts';

const TIME = 120_000;

type Hidden = 'labels' | 'namespaceLabels' | 'containerPorts';
/** Takes knowledge away from an end. */
const blinded = (end: End, hidden: readonly Hidden[]): End =>
  end.kind !== 'pod'
    ? end
    : {
        ...end,
        labels: hidden.includes('labels') ? undefined : end.labels,
        namespaceLabels: hidden.includes('namespaceLabels') ? undefined : end.namespaceLabels,
        containerPorts: hidden.includes('containerPorts') ? undefined : end.containerPorts,
      };
/** Few things at once: their ways of being filled in multiply. */
const blinding = fc
  .tuple(
    fc.constantFrom<readonly Hidden[]>(
      ['labels'],
      ['namespaceLabels'],
      ['containerPorts'],
      ['labels', 'containerPorts'],
    ),
    fc.constantFrom<'source' | 'destination'>('source', 'destination'),
  )
  .map(
    ([hidden, end]) =>
      (flow: Flow): Flow => ({ ...flow, [end]: blinded(flow[end], hidden) }),
  );

describe('what is not known', () => {
  test(
    'never turns into a wrong answer: each way of filling it in agrees with what is said',
    () => {
      const met = new Set<string>();
      fc.assert(
        fc.property(scene, blinding, direction, (flow, without, side) => {
          const blind = without(flow);
          const said = evaluateDirection(blind, side).state;
          const possible = naiveState(blind, side);
          met.add(`${said}, ${possible}`);
          // "unknown" may also be said where all fillings agree by chance; the reverse would be a guess.
          if (said !== 'unknown') expect(said).toBe(possible);
        }),
        { numRuns: 600 },
      );
      expect([...met]).toEqual(
        expect.arrayContaining(['allowed, allowed', 'denied, denied', 'unknown, unknown']),
      );
    },
    TIME,
  );

  test('does not matter to an answer that was given without it', () => {
    fc.assert(
      fc.property(scene, blinding, direction, (flow, without, side) => {
        const blind = without(flow);
        const said = evaluateDirection(blind, side).state;
        if (said !== 'unknown') expect(evaluateDirection(flow, side).state).toBe(said);
      }),
      { numRuns: 600 },
    );
  });

  test('an end of two families: both agree with what is said of each', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(scene, direction, (flow, side) => {
        const ips = ['10.0.1.2', 'fd00:1::2'];
        const dual = (end: End, address?: string): End =>
          end.kind === 'pod' ? { ...end, ips, address } : end;
        const onBoth = (address?: string): Flow => ({
          ...flow,
          source: dual(flow.source, address),
          destination: dual(flow.destination, address),
        });
        const each = ips.map((ip) => evaluateDirection(onBoth(ip), side).state);
        const said = evaluateDirection(onBoth(), side).state;
        met.add(said);
        expect(said).toBe(each[0] === each[1] ? each[0] : 'unknown');
      }),
      { numRuns: 1_000 },
    );
    expect([...met].sort()).toEqual(['allowed', 'denied', 'unknown']);
  });
});

test('whatever a policy holds, there is an answer', () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('In', 'TCP', '10.0.0.0/8', '::/0', '/', '::'),
  );
  const selector = fc.record({
    matchExpressions: fc.array(
      fc.record({ key: anything, operator: anything, values: fc.array(anything, { maxLength: 2 }) }),
      { maxLength: 2 },
    ),
  });
  const odd: fc.Arbitrary<NetworkPolicy> = fc.record({
    metadata: fc.record({ name: anything, namespace: fc.constantFrom(...NAMESPACES) }),
    spec: fc.record({
      podSelector: fc.oneof(fc.constant({}), selector),
      policyTypes: fc.array(fc.oneof(fc.constant('Ingress'), anything), { maxLength: 2 }),
      ingress: fc.array(
        fc.record({
          from: fc.array(
            fc.record(
              {
                podSelector: selector,
                ipBlock: fc.record({ cidr: anything, except: fc.array(anything, { maxLength: 1 }) }),
              },
              { requiredKeys: [] },
            ),
            { maxLength: 2 },
          ),
          ports: fc.array(
            fc.record(
              { port: fc.oneof(anything, fc.integer()), endPort: fc.integer(), protocol: anything },
              { requiredKeys: [] },
            ),
            { maxLength: 2 },
          ),
        }),
        { maxLength: 2 },
      ),
    }),
  });
  fc.assert(
    fc.property(scene, fc.array(odd, { maxLength: 3 }), (flow, some) => {
      const { state } = evaluateFlow(withPolicies(flow, some));
      expect(['allowed', 'denied', 'unknown']).toContain(state);
    }),
    { numRuns: 500 },
  );
});
