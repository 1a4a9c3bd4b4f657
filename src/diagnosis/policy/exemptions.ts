/** What no policy can deny: a pod's traffic to itself, and what its own node sends it. */
import { addressesOf } from './addresses.ts';
import { readAddress } from './cidr.ts';
import type { Doubt } from './doubt.ts';
import { type Direction, type End, type Flow, type PodEnd, peerOf } from './flow.ts';
import type { Because } from './verdict.ts';

export type Exemption =
  | { readonly holds: 'yes'; readonly because: Because }
  | { readonly holds: 'no' }
  | { readonly holds: 'unknown'; readonly doubt: Doubt };

const NONE: Exemption = { holds: 'no' };

const isSamePod = (one: PodEnd, other: End): boolean =>
  other.kind === 'pod' &&
  one.name !== undefined &&
  one.name === other.name &&
  one.namespace === other.namespace;

/** A pod in its node's network has the node's addresses: where the names of the nodes are not known, those tell. */
const onOwnNode = (pod: PodEnd, peer: End): 'yes' | 'no' | 'unknown' => {
  if (peer.kind === 'pod' && !peer.hostNetwork) return 'no';
  if (peer.kind === 'pod' && pod.nodeName !== undefined && peer.nodeName !== undefined)
    return pod.nodeName === peer.nodeName ? 'yes' : 'no';
  const own = (pod.hostIPs ?? []).flatMap((ip) => readAddress(ip)?.address ?? []);
  const theirs = addressesOf(peer);
  if (theirs.some(({ address }) => own.includes(address))) return 'yes';
  // An address that is known to be outside is taken for no node of ours unless we know it as one.
  return peer.kind === 'outside' || (own.length > 0 && theirs.length > 0) ? 'no' : 'unknown';
};

/**
 * From its own node is always allowed, says the API reference; that "to" is too stands in the concept page only, and network plugins
 * differ.
 */
export const exemptionOf = (flow: Flow, direction: Direction, subject: PodEnd): Exemption => {
  const peer = peerOf(flow, direction);
  if (isSamePod(subject, peer)) return { holds: 'yes', because: { kind: 'itself' } };
  switch (onOwnNode(subject, peer)) {
    case 'no':
      return NONE;
    case 'unknown':
      return { holds: 'unknown', doubt: { kind: 'own-node-not-known' } };
    case 'yes':
      return direction === 'ingress'
        ? { holds: 'yes', because: { kind: 'own-node' } }
        : { holds: 'unknown', doubt: { kind: 'to-own-node' } };
  }
};
