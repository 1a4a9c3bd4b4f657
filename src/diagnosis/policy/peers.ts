/** Peers of a rule: selectors of pods and of namespaces, which must both hold where both are given, or a block of addresses. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { type Address, matchIpBlock } from './cidr.ts';
import type { End, PodEnd } from './flow.ts';
import { both, type Match, no, unknown, YES } from './match.ts';
import { type LabelsSeen, matchSelector } from './selectors.ts';
import { surplusField } from './surplus.ts';

type EgressRule = NonNullable<NetworkPolicy['spec']['egress']>[number];
export type PolicyPeer = NonNullable<EgressRule['to']>[number];

/** The label that the API server gives to each namespace. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The other end, as the rules see it: made once for all of them. */
export interface PeerSeen {
  readonly end: End;
  /** undefined: not known. */
  readonly address: Address | undefined;
  readonly podLabels: LabelsSeen;
  readonly namespaceLabels: LabelsSeen;
}

export const seePeer = (end: End, address: Address | undefined): PeerSeen => {
  const pod = end.kind === 'pod' ? end : undefined;
  const always = pod === undefined ? {} : { [NAMESPACE_NAME]: pod.namespace };
  return {
    end,
    address,
    podLabels: { of: 'pod', labels: pod?.labels },
    namespaceLabels: { of: 'namespace', labels: pod?.namespaceLabels, always },
  };
};

/** A podSelector alone means the policy's own namespace, a namespaceSelector alone all pods of those namespaces. */
const matchPod = (
  { podSelector, namespaceSelector }: PolicyPeer,
  pod: PodEnd,
  seen: PeerSeen,
  namespace: string,
): Match => {
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === namespace
        ? YES
        : no({ kind: 'namespace', wanted: namespace, has: pod.namespace })
      : matchSelector(namespaceSelector, seen.namespaceLabels);
  const match =
    podSelector === undefined ? inNamespace : both(inNamespace, matchSelector(podSelector, seen.podLabels));
  // By its labels it would match, but most network plugins see only the node's address.
  return pod.hostNetwork && match.holds !== 'no' ? unknown({ kind: 'host-network-peer' }) : match;
};

const FIELDS: readonly string[] = ['podSelector', 'namespaceSelector', 'ipBlock'];

/** `namespace`: the policy's. */
export const matchPeer = (peer: PolicyPeer, seen: PeerSeen, namespace: string): Match => {
  const { end, address } = seen;
  const surplus = surplusField(peer, FIELDS);
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
      return matchPod(peer, end, seen, namespace);
  }
};
