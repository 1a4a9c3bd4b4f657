/** 600 flows that an outside evaluator judged, both directions each; where it is wrong by the words of the API stands in a file, with the reason. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { evaluateFlow } from '../../../src/diagnosis/policy/evaluate.ts';
import type { ContainerPort, End, Flow } from '../../../src/diagnosis/policy/flow.ts';
import { networkPolicySchema } from '../../../src/model/kubernetes.ts';

const labels = z.nullable(z.record(z.string(), z.string()));
const endpointSchema = z.object({
  namespace: z.string(),
  namespaceLabels: labels,
  podLabels: labels,
  ip: z.string(),
});
type Endpoint = z.infer<typeof endpointSchema>;
const caseSchema = z.object({
  policies: z.array(networkPolicySchema),
  source: endpointSchema,
  destination: endpointSchema,
  port: z.number(),
  portName: z.string(),
  protocol: z.string(),
  expect: z.object({ egress: z.boolean(), ingress: z.boolean() }),
});

const file = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const cases = file('cases.jsonl')
  .trim()
  .split('\n')
  .map((line) => caseSchema.parse(JSON.parse(line)));
const wrong = z
  .array(
    z.object({
      line: z.number(),
      direction: z.enum(['egress', 'ingress']),
      ours: z.enum(['allowed', 'denied']),
      reason: z.string().min(20),
    }),
  )
  .parse(parse(file('outside-evaluator-wrong.yaml')));

const endOf = (endpoint: Endpoint, containerPorts: readonly ContainerPort[]): End =>
  endpoint.namespace === ''
    ? { kind: 'outside', ip: endpoint.ip }
    : {
        kind: 'pod',
        namespace: endpoint.namespace,
        labels: endpoint.podLabels ?? {},
        namespaceLabels: endpoint.namespaceLabels ?? {},
        ips: [endpoint.ip],
        hostNetwork: false,
        containerPorts,
      };

const statesOf = ({ policies, source, destination, port, portName, protocol }: (typeof cases)[number]) => {
  const named = portName === '' ? [] : [{ name: portName, containerPort: port, protocol }];
  const seen = { state: 'known', policies } as const;
  const flow: Flow = {
    source: endOf(source, []),
    destination: endOf(destination, named),
    port,
    protocol,
    policies: { egress: seen, ingress: seen },
  };
  const { egress, ingress } = evaluateFlow(flow);
  return { egress: egress.state, ingress: ingress.state };
};

test('they agree in all but what is listed', () => {
  const stateOf = (allowed: boolean) => (allowed ? 'allowed' : 'denied');
  const differing = cases.flatMap((one, index) => {
    const ours = statesOf(one);
    return (['egress', 'ingress'] as const).flatMap((direction) =>
      ours[direction] === stateOf(one.expect[direction])
        ? []
        : [{ line: index + 1, direction, ours: ours[direction] }],
    );
  });
  expect(cases).toHaveLength(600);
  expect(differing).toEqual(wrong.map(({ line, direction, ours }) => ({ line, direction, ours })));
});
