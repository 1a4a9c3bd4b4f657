/** The policy that is offered: it allows the flow that was denied, nothing beside it, and takes nothing away. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import * as z from 'zod';
import { evaluateDirection } from '../../../src/diagnosis/policy/evaluate.ts';
import {
  type Direction,
  type End,
  type Flow,
  type PodEnd,
  peerOf,
  subjectOf,
} from '../../../src/diagnosis/policy/flow.ts';
import { type Mend, mendFor } from '../../../src/diagnosis/policy/mend.ts';
import { stableLabels } from '../../../src/diagnosis/policy/stable-labels.ts';
import { type NetworkPolicy, networkPolicySchema } from '../../../src/model/kubernetes.ts';
import { golden } from '../../report/goldens.ts';
import { readTable } from './table.ts';
import { endOf, flowsOf, known, PORTS, PROTOCOLS, policies, world } from './worlds.ts';

const DIRECTIONS: readonly Direction[] = ['egress', 'ingress'];

/** As `kubectl apply` reads it. */
const manifestSchema = z.strictObject({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('NetworkPolicy'),
  metadata: z.strictObject({ name: z.string(), namespace: z.string() }),
  spec: networkPolicySchema.shape.spec,
});
const applied = (yaml: string): NetworkPolicy => manifestSchema.parse(parse(yaml));

const mendOf = (flow: Flow, direction: Direction): Mend =>
  mendFor(flow, direction, evaluateDirection(flow, direction));

const withPolicy = (flow: Flow, policy: NetworkPolicy): Flow => {
  const add = (seen: Flow['policies']['egress']) =>
    seen.state === 'known' ? { ...seen, policies: [...seen.policies, policy] } : seen;
  return { ...flow, policies: { egress: add(flow.policies.egress), ingress: add(flow.policies.ingress) } };
};

const carries = (end: End, like: End): boolean => {
  if (end.kind !== 'pod' || like.kind !== 'pod')
    return end.kind === 'outside' && like.kind === 'outside' && end.ip === like.ip;
  const own = new Map(Object.entries(end.labels ?? {}));
  return (
    end.namespace === like.namespace &&
    Object.entries(stableLabels(like.labels ?? {})).every(([key, value]) => own.get(key) === value)
  );
};

test('it allows the flow, and of all other flows only those between pods that look the same, on the same port', () => {
  let mended = 0;
  fc.assert(
    fc.property(
      world,
      policies,
      fc.constantFrom(...PORTS),
      fc.constantFrom(...PROTOCOLS),
      fc.constantFrom(...DIRECTIONS),
      (pods, some, port, protocol, direction) => {
        const [source, destination] = pods.pods.map(endOf);
        if (source === undefined || destination === undefined) return;
        const flow: Flow = { source, destination, port, protocol, policies: known(some) };
        const mend = mendOf(flow, direction);
        if (mend.kind === 'none') return;
        mended++;
        const policy = applied(mend.yaml);
        expect(policy).toEqual(JSON.parse(JSON.stringify(mend.policy)));
        expect(evaluateDirection(withPolicy(flow, policy), direction)).toMatchObject({ state: 'allowed' });
        for (const { flow: other } of flowsOf(pods, some))
          for (const side of DIRECTIONS) {
            const before = evaluateDirection(other, side).state;
            const after = evaluateDirection(withPolicy(other, policy), side).state;
            if (before === after) continue;
            expect([before, after, side, other.port, other.protocol]).toEqual([
              'denied',
              'allowed',
              direction,
              port,
              protocol,
            ]);
            expect(carries(subjectOf(other, side), subjectOf(flow, direction))).toBe(true);
            expect(carries(peerOf(other, side), peerOf(flow, direction))).toBe(true);
          }
      },
    ),
    { numRuns: 500 },
  );
  expect(mended).toBeGreaterThan(20);
}, 120_000);

describe('the rows of the truth table', () => {
  const denied = readTable().flatMap(({ name, rows }) =>
    rows.flatMap(({ text, flow }) =>
      DIRECTIONS.filter((direction) => evaluateDirection(flow, direction).state === 'denied').map(
        (direction) => ({ title: `${name}: ${direction} of ${text.split(' = ')[0] ?? ''}`, flow, direction }),
      ),
    ),
  );
  test.each(denied)('$title', ({ flow, direction }) => {
    const mend = mendOf(flow, direction);
    if (mend.kind === 'none') expect(mend.why).toMatch(/has no label to select it by|not known/);
    else
      expect(evaluateDirection(withPolicy(flow, applied(mend.yaml)), direction)).toMatchObject({
        state: 'allowed',
        because: { kind: 'rule', policy: { name: mend.policy.metadata.name } },
      });
  });
});

const pod = (name: string, labels: Readonly<Record<string, string>>, namespace = 'shop'): PodEnd => ({
  kind: 'pod',
  namespace,
  name,
  labels,
  namespaceLabels: {},
  ips: ['10.244.1.5'],
  hostNetwork: false,
  containerPorts: [],
});
const DENY: NetworkPolicy = {
  metadata: { name: 'deny', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};
const flow = (source: End, destination: End, deny: NetworkPolicy = DENY): Flow => ({
  source,
  destination,
  port: 8080,
  protocol: 'TCP',
  policies: known([deny]),
});
const client = pod('client', { app: 'client' });
const yamlOf = (mend: Mend): string => (mend.kind === 'policy' ? mend.yaml : `none: ${mend.why}\n`);

test('what it looks like', () => {
  const ofDeployment = pod('web-5d4f-x2', { app: 'web', 'pod-template-hash': '5d4f', version: '1.10' });
  const ofStatefulSet = pod('db-0', { 'statefulset.kubernetes.io/pod-name': 'db-0' }, 'data');
  const hostNetwork: PodEnd = {
    kind: 'pod',
    namespace: 'kube-system',
    name: 'agent',
    labels: { app: 'agent' },
    namespaceLabels: {},
    ips: ['192.168.1.2', 'fd00::2'],
    nodeName: 'n2',
    hostNetwork: true,
    containerPorts: [],
  };
  const onNode: PodEnd = {
    ...client,
    ips: ['10.244.1.5', 'fd00:1::5'],
    nodeName: 'n1',
    hostIPs: ['192.168.1.1'],
  };
  const narrow: NetworkPolicy = {
    metadata: { name: 'front', namespace: 'shop' },
    spec: {
      podSelector: {
        matchLabels: { tier: 'front' },
        matchExpressions: [{ key: 'legacy', operator: 'DoesNotExist' }],
      },
      policyTypes: ['Egress'],
    },
  };
  const canary: NetworkPolicy = {
    metadata: { name: 'canary', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { 'pod-template-hash': '5d4f' } }, policyTypes: ['Egress'] },
  };
  const sections: readonly (readonly [string, Mend])[] = [
    ['egress to a pod of a Deployment', mendOf(flow(client, ofDeployment), 'egress')],
    ['ingress to it', mendOf(flow(client, ofDeployment), 'ingress')],
    [
      'egress to a pod whose only label is its name, in another namespace',
      mendOf(flow(client, ofStatefulSet), 'egress'),
    ],
    ['egress to an address outside', mendOf(flow(client, { kind: 'outside', ip: '203.0.113.10' }), 'egress')],
    [
      'egress to an IPv6 address outside',
      mendOf(flow(client, { kind: 'outside', ip: '2001:DB8:0::10' }), 'egress'),
    ],
    [
      'egress to a pod in the network of another node, of two families',
      mendOf(flow(onNode, hostNetwork), 'egress'),
    ],
    [
      'of a pod that is isolated by a selector with expressions',
      mendOf(flow(pod('front', { tier: 'front', app: 'no' }), ofDeployment, narrow), 'egress'),
    ],
    [
      'of a pod that is isolated by a label that passes: without it, pods would be isolated that are not',
      mendOf(flow(ofDeployment, client, canary), 'egress'),
    ],
    ['of a pod without labels', mendOf(flow(pod('bare', {}), ofDeployment), 'egress')],
    ['to a pod without labels', mendOf(flow(client, pod('bare', {})), 'egress')],
    ['of what is allowed', mendOf(flow(client, ofDeployment, narrow), 'egress')],
    [
      'of a pod that is no pod',
      mendOf(flow({ kind: 'outside', ip: '203.0.113.10' }, ofDeployment), 'egress'),
    ],
  ];
  const text = sections.map(([title, mend]) => `## ${title}\n\n${yamlOf(mend)}`).join('\n');
  expect(text).toBe(golden(new URL('fixtures/', import.meta.url), 'mends.txt', text));
});

test('two flows never get one name, and one flow always the same', () => {
  const nameOf = (one: Flow): string => {
    const mend = mendOf(one, 'egress');
    return mend.kind === 'policy' ? mend.policy.metadata.name : '';
  };
  const one = flow(client, pod('web', { app: 'web' }));
  expect(nameOf(one)).toMatch(/^allow-egress-8080-tcp-[a-z0-9]+$/);
  expect(nameOf(one)).toBe(nameOf(flow(client, pod('web', { app: 'web' }))));
  expect(nameOf(one)).not.toBe(nameOf(flow(client, pod('db', { app: 'db' }))));
});

test('whatever names and labels hold, what YAML there is holds them as they are', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed()),
    fc.constantFrom(
      'no',
      '~',
      '1.10',
      'null',
      '\n- x: y',
      '"',
      '#',
      ': ',
      '\u2028',
      '\u0085',
      '{}',
      '&a',
      '*a',
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (name, key, value, namespace) => {
      fc.pre(key !== '__proto__' && key !== '');
      const mend = mendOf(
        flow(pod(name, { [key]: value }), pod(name, { [key]: value }, namespace)),
        'egress',
      );
      const isOfKubernetes = [name, key, value, namespace].every((text) => /^[\w./-]*$/.test(text));
      if (isOfKubernetes) expect(mend.kind).toBe('policy');
      if (mend.kind === 'policy') expect(applied(mend.yaml)).toEqual(JSON.parse(JSON.stringify(mend.policy)));
    }),
    { numRuns: 500 },
  );
});

test.each(['$(reboot)', '`reboot`', 'a\\', 'a\nb', 'a;b', 'a\u0085b'])(
  'there is none to paste where a label is %j: Kubernetes allows no such',
  (label) => {
    const mend = mendOf(flow(pod('client', { app: label }), pod('web', { app: 'web' })), 'egress');
    expect(mend).toMatchObject({ kind: 'none', why: expect.stringContaining('none that Kubernetes allows') });
  },
);
