/** Peers of a rule: selectors of pods and of namespaces, which must both hold where both are given, or a block of addresses. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { type Address, matchIpBlock } from './cidr.ts';
import type { End, PodEnd } from './flow.ts';
import { allOf, type Match, no, unknown, YES } from './match.ts';
import { type LabelsSeen, matchSelector } from './selectors.ts';
import { surplusField } from './surplus.ts';

type EgressRule = NonNullable<NetworkPolicy['spec']['egress']>[number];
export type PolicyPeer = NonNullable<EgressRule['to']>[number];

/** The label that the API server gives to each namespace. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The other end, as the rules see it. */
export interface PeerSeen {
  readonly end: End;
  /** undefined: not known. */
  readonly address: Address | undefined;
}

const namespaceLabelsOf = ({ namespace, namespaceLabels }: PodEnd): LabelsSeen => ({
  of: 'namespace',
  labels: namespaceLabels,
  always: { [NAMESPACE_NAME]: namespace },
});

/** A podSelector alone means the policy's own namespace, a namespaceSelector alone all pods of those namespaces. */
const matchPod = ({ podSelector, namespaceSelector }: PolicyPeer, pod: PodEnd, namespace: string): Match => {
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === namespace
        ? YES
        : no({ kind: 'namespace', wanted: namespace, has: pod.namespace })
      : matchSelector(namespaceSelector, namespaceLabelsOf(pod));
  const match = allOf([
    inNamespace,
    podSelector === undefined ? YES : matchSelector(podSelector, { of: 'pod', labels: pod.labels }),
  ]);
  // By its labels it would match, but most network plugins see only the node's address.
  return pod.hostNetwork && match.holds !== 'no' ? unknown({ kind: 'host-network-peer' }) : match;
};

/** `namespace`: the policy's. */
export const matchPeer = (peer: PolicyPeer, { end, address }: PeerSeen, namespace: string): Match => {
  const surplus = surplusField(peer, ['podSelector', 'namespaceSelector', 'ipBlock']);
  if (surplus !== undefined) return unknown(surplus);
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock !== undefined)
    return selects
      ? unknown({ kind: 'invalid', field: 'peer', value: 'ipBlock beside a selector' })
      : matchIpBlock(ipBlock, address);
  if (!selects) return unknown({ kind: 'invalid', field: 'peer', value: '{}' });
  switch (end.kind) {
    case 'outside':
      return no({ kind: 'not-a-pod', ip: end.ip });
    case 'unidentified':
      return unknown({ kind: 'unidentified', ip: end.ip, why: end.why });
    case 'pod':
      return matchPod(peer, end, namespace);
  }
};
