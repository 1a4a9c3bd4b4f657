/**
 * NetworkPolicy v1 (networking.k8s.io), judged for one flow: pure, in three values, and with the reason. A policy that exists need not be
 * enforced, and other kinds of policy may be there too: that is the caller's to say.
 */
import { peerAddresses } from './addresses.ts';
import type { Address } from './cidr.ts';
import { exemptionOf } from './exemptions.ts';
import { type Direction, type Flow, type PodEnd, peerOf, subjectOf } from './flow.ts';
import { type Isolating, isolating } from './isolation.ts';
import { seePeer } from './peers.ts';
import { rulesOf } from './rules.ts';
import { rulesVerdict } from './rules-verdict.ts';
import type { FlowVerdict, Verdict } from './verdict.ts';

const hasBlocks = ({ selecting, doubtful }: Isolating, direction: Direction): boolean =>
  [...selecting, ...doubtful.map(({ policy }) => policy)].some((policy) =>
    rulesOf(policy, direction).some(({ peers }) => peers.some(({ ipBlock }) => ipBlock !== undefined)),
  );

/** A pod of two families may be allowed on one only: told where the flow does not say which it uses. */
const acrossAddresses = (flow: Flow, direction: Direction, pod: PodEnd, policies: Isolating): Verdict => {
  const end = peerOf(flow, direction);
  const addresses = peerAddresses(flow, direction);
  // Only blocks of addresses can tell them apart.
  const judged = addresses.length > 1 && !hasBlocks(policies, direction) ? addresses.slice(0, 1) : addresses;
  const byAddress = judged.map((address) => ({
    address,
    verdict: rulesVerdict(policies, { flow, direction, subject: pod, peer: seePeer(end, address) }),
  }));
  const nameOf = (address: Address | undefined): string => address?.address ?? 'an address that is not known';
  const uncertain = byAddress.find(({ verdict }) => verdict.state === 'unknown');
  const allowed = byAddress.find(({ verdict }) => verdict.state === 'allowed');
  const denied = byAddress.find(({ verdict }) => verdict.state === 'denied');
  if (allowed === undefined || denied === undefined) {
    const settled = uncertain ?? allowed ?? denied;
    if (settled !== undefined) return settled.verdict;
  }
  return {
    state: 'unknown',
    why: [{ kind: 'which-address', allowed: nameOf(allowed?.address), other: nameOf(denied?.address) }],
  };
};

const byPolicies = (flow: Flow, direction: Direction, pod: PodEnd): Verdict => {
  const policies = flow.policies[direction];
  switch (policies.state) {
    case 'unknown':
      return { state: 'unknown', why: [{ kind: 'policies-not-known', why: policies.why }] };
    case 'known':
      return acrossAddresses(flow, direction, pod, isolating(policies.policies, pod, direction));
  }
};

const unlessExempt = (flow: Flow, direction: Direction, pod: PodEnd, verdict: Verdict): Verdict => {
  if (verdict.state === 'allowed') return verdict;
  const exemption = exemptionOf(flow, direction, pod);
  switch (exemption.holds) {
    case 'yes':
      return { state: 'allowed', because: exemption.because };
    case 'no':
      return verdict;
    case 'unknown':
      return {
        state: 'unknown',
        why: [exemption.doubt, ...(verdict.state === 'unknown' ? verdict.why : [])],
      };
  }
};

/** What the policies of one end say: `egress` the source's, `ingress` the destination's. */
export const evaluateDirection = (flow: Flow, direction: Direction): Verdict => {
  const subject = subjectOf(flow, direction);
  switch (subject.kind) {
    case 'outside':
      return { state: 'allowed', because: { kind: 'outside' } };
    case 'unidentified':
      return { state: 'unknown', why: [{ kind: 'unidentified', ip: subject.ip, why: subject.why }] };
    case 'pod':
      return subject.hostNetwork
        ? { state: 'allowed', because: { kind: 'host-network' } }
        : unlessExempt(flow, direction, subject, byPolicies(flow, direction, subject));
  }
};

/** Denied where one end denies it, whatever is not known of the other. */
export const evaluateFlow = (flow: Flow): FlowVerdict => {
  const egress = evaluateDirection(flow, 'egress');
  const ingress = evaluateDirection(flow, 'ingress');
  const states = [egress.state, ingress.state];
  const state = states.includes('denied') ? 'denied' : states.includes('unknown') ? 'unknown' : 'allowed';
  return { state, egress, ingress };
};
