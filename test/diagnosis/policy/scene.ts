/** One flow at random, with policies around it. */
import fc from 'fast-check';
import type { Direction, Flow } from '../../../src/diagnosis/policy/flow.ts';
import type { NetworkPolicy } from '../../../src/model/kubernetes.ts';
import { endOf, known, PORTS, PROTOCOLS, policies, world } from './worlds.ts';

export const DIRECTIONS: readonly Direction[] = ['egress', 'ingress'];
export const direction = fc.constantFrom(...DIRECTIONS);

/** One flow of a world. */
export const scene = fc
  .tuple(world, policies, fc.constantFrom(...PORTS), fc.constantFrom(...PROTOCOLS))
  .map(([{ pods }, some, port, protocol]): Flow => {
    const [source, destination] = pods;
    if (source === undefined || destination === undefined) throw new Error('a world of less than two');
    return { source: endOf(source), destination: endOf(destination), port, protocol, policies: known(some) };
  });
export const policiesIn = (flow: Flow): readonly NetworkPolicy[] =>
  flow.policies.egress.state === 'known' ? flow.policies.egress.policies : [];
export const withPolicies = (flow: Flow, some: readonly NetworkPolicy[]): Flow => ({
  ...flow,
  policies: known(some),
});
