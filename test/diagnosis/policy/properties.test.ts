/** Laws that hold for all policies and flows. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateDirection, evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import type { Direction, End, Flow } from '../../../src/diagnosis/policy/flow.ts';
import type { NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { naiveState } from './fillings.ts';
import { allowedIn, entry } from './naive.ts';
import {
  endOf,
  flowsOf,
  known,
  NAMESPACES,
  PORTS,
  PROTOCOLS,
  policies,
  policy,
  rule,
  world,
} from './worlds.ts';

const DIRECTIONS: readonly Direction[] = ['egress', 'ingress'];
const direction = fc.constantFrom(...DIRECTIONS);
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

/** One flow of a world. */
const scene = fc
  .tuple(world, policies, fc.constantFrom(...PORTS), fc.constantFrom(...PROTOCOLS))
  .map(([{ pods }, some, port, protocol]): Flow => {
    const [source, destination] = pods;
    if (source === undefined || destination === undefined) throw new Error('a world of less than two');
    return { source: endOf(source), destination: endOf(destination), port, protocol, policies: known(some) };
  });
const policiesIn = (flow: Flow): readonly NetworkPolicy[] =>
  flow.policies.egress.state === 'known' ? flow.policies.egress.policies : [];
const withPolicies = (flow: Flow, some: readonly NetworkPolicy[]): Flow => ({
  ...flow,
  policies: known(some),
});

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

/** Takes knowledge away from an end. */
const blinded = (
  end: End,
  hide: { readonly [K in 'labels' | 'namespaceLabels' | 'ips' | 'ports']: boolean },
): End =>
  end.kind !== 'pod'
    ? end
    : {
        ...end,
        labels: hide.labels ? undefined : end.labels,
        namespaceLabels: hide.namespaceLabels ? undefined : end.namespaceLabels,
        ips: hide.ips ? [] : end.ips,
        containerPorts: hide.ports ? undefined : end.containerPorts,
      };
const hiding = fc.record({
  labels: fc.boolean(),
  namespaceLabels: fc.boolean(),
  ips: fc.constant(false),
  ports: fc.boolean(),
});

describe('what is not known', () => {
  test(
    'never turns into a wrong answer: each way of filling it in agrees with what is said',
    () => {
      const met = new Set<string>();
      fc.assert(
        fc.property(scene, hiding, hiding, direction, (flow, atSource, atDestination, side) => {
          const blind: Flow = {
            ...flow,
            source: blinded(flow.source, atSource),
            destination: blinded(flow.destination, atDestination),
          };
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
      fc.property(scene, hiding, hiding, direction, (flow, atSource, atDestination, side) => {
        const blind: Flow = {
          ...flow,
          source: blinded(flow.source, atSource),
          destination: blinded(flow.destination, atDestination),
        };
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
