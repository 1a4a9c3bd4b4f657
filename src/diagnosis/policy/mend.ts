/**
 * The smallest policy that would allow exactly one flow in one direction, for a person to review. It selects no pod that is not isolated
 * already, so applying it takes nothing away from anybody.
 */
import type { LabelSelector, NetworkPolicy } from '../../model/kubernetes.ts';
import { peerAddresses } from './addresses.ts';
import { type Direction, type End, type Flow, type PodEnd, peerOf, subjectOf } from './flow.ts';
import { isolating } from './isolation.ts';
import { NAMESPACE_NAME, type PolicyPeer } from './peers.ts';
import { stableLabels } from './stable-labels.ts';
import type { Verdict } from './verdict.ts';
import { DIRECTION_NAMES, endText } from './wording.ts';
import { quoted, yamlLines } from './yaml.ts';

export interface Manifest extends NetworkPolicy {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
}

export type Mend =
  | { readonly kind: 'policy'; readonly policy: Manifest; readonly yaml: string }
  /** None can be given. */
  | { readonly kind: 'none'; readonly why: string };

type Part<T> = { readonly value: T } | { readonly why: string };

const none = (why: string) => ({ kind: 'none', why }) as const;

/**
 * The subject's labels, together with all that one of the policies that isolate it asks of a pod: so it selects only pods that are isolated
 * already.
 */
const subjectSelector = (subject: PodEnd, flow: Flow, direction: Direction): Part<LabelSelector> => {
  const name = endText(subject);
  const policies = flow.policies[direction];
  if (subject.labels === undefined) return { why: `the labels of ${name} are not known` };
  if (policies.state === 'unknown') return { why: policies.why };
  const weight = ({ spec }: NetworkPolicy): number => spec.podSelector?.matchExpressions?.length ?? 0;
  const [isolator] = [...isolating(policies.policies, subject, direction).selecting].sort(
    (one, other) => weight(one) - weight(other),
  );
  if (isolator === undefined) return { why: `no NetworkPolicy selects ${name} for ${direction}` };
  const asked = isolator.spec.podSelector ?? {};
  const matchLabels = { ...stableLabels(subject.labels), ...asked.matchLabels };
  if (Object.keys(matchLabels).length === 0)
    return { why: `${name} has no label to select it by: give it one first` };
  return {
    value: {
      matchLabels,
      ...(asked.matchExpressions === undefined ? {} : { matchExpressions: asked.matchExpressions }),
    },
  };
};

/** Of one address only. */
const blocks = (flow: Flow, direction: Direction): Part<PolicyPeer[]> => {
  const addresses = peerAddresses(flow, direction);
  const peers = addresses.flatMap((address) =>
    address === undefined
      ? []
      : { ipBlock: { cidr: `${address.address}/${address.family === 'ipv4' ? 32 : 128}` } },
  );
  return peers.length === addresses.length
    ? { value: peers }
    : { why: `the address of ${endText(peerOf(flow, direction))} is not known` };
};

/** Pods by labels, as their addresses pass; everything else by address. */
const peersFor = (peer: End, flow: Flow, direction: Direction): Part<PolicyPeer[]> => {
  if (peer.kind !== 'pod' || peer.hostNetwork) return blocks(flow, direction);
  if (peer.labels === undefined) return { why: `the labels of ${endText(peer)} are not known` };
  const matchLabels = stableLabels(peer.labels);
  if (Object.keys(matchLabels).length === 0)
    return { why: `${endText(peer)} has no label to select it by: give it one first` };
  return {
    value: [
      {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: peer.namespace } },
        podSelector: { matchLabels },
      },
    ],
  };
};

/** FNV-1a: two mends of one namespace must not have one name, or applying the second would replace the first. */
const shortHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36);
};

const commentsFor = (flow: Flow, direction: Direction): readonly string[] => {
  const peer = peerOf(flow, direction);
  return [
    '# For review before it is applied.',
    `# It allows the ${direction} from ${quoted(endText(flow.source))} to ${quoted(endText(flow.destination))} on port ${flow.port}/${flow.protocol}, and takes nothing away.`,
    '# Pods with the same labels are treated alike.',
    ...(peer.kind === 'pod' && peer.hostNetwork
      ? ["# The other end is in its node's network: the address stands for all that runs in it."]
      : []),
  ];
};

/** Names and labels as Kubernetes allows them need nothing else; what a shell expands is not among it, should somebody paste it there. */
const PASTABLE = /^[\w\s#./:"',{}[\]-]*$/;

/** `verdict`: what the policies say of this flow in this direction; there is a mend only for what they deny. */
export const mendFor = (flow: Flow, direction: Direction, verdict: Verdict): Mend => {
  const subject = subjectOf(flow, direction);
  if (verdict.state !== 'denied' || subject.kind !== 'pod')
    return none(`NetworkPolicies do not deny this ${direction} for certain`);
  const podSelector = subjectSelector(subject, flow, direction);
  if ('why' in podSelector) return none(podSelector.why);
  const peers = peersFor(peerOf(flow, direction), flow, direction);
  if ('why' in peers) return none(peers.why);
  const ports = [{ protocol: flow.protocol, port: flow.port }];
  const spec: NetworkPolicy['spec'] = {
    podSelector: podSelector.value,
    policyTypes: [DIRECTION_NAMES[direction]],
    ...(direction === 'egress'
      ? { egress: [{ to: peers.value, ports }] }
      : { ingress: [{ from: peers.value, ports }] }),
  };
  const name = `allow-${direction}-${flow.port}-${flow.protocol.toLowerCase()}-${shortHash(JSON.stringify(spec))}`;
  const policy: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: subject.namespace },
    spec,
  };
  const yaml = `${[...commentsFor(flow, direction), ...yamlLines(policy)].join('\n')}\n`;
  if (!PASTABLE.test(yaml)) return none('a name or a label here is none that Kubernetes allows');
  return { kind: 'policy', policy, yaml };
};
