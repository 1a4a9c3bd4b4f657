/** Why something could not be told, in words. */
import { listed } from '../wording.ts';
import type { Doubt } from './doubt.ts';
import { type Direction, type Flow, peerOf, subjectOf } from './flow.ts';
import { endText, refText } from './wording.ts';

const labelsText = (
  doubt: Extract<Doubt, { kind: 'labels-not-known' }>,
  flow: Flow,
  direction: Direction,
): string => {
  // Only the selector of the policy itself is about the subject.
  const end = doubt.at?.rule === undefined ? subjectOf(flow, direction) : peerOf(flow, direction);
  const whose = doubt.of === 'namespace' && end.kind === 'pod' ? `namespace ${end.namespace}` : endText(end);
  return `it asks for the label ${doubt.key} of ${whose}, whose labels are not known`;
};

const TO_OWN_NODE = 'whether a pod may reach its own node without a rule differs by network plugin';

const whatText = (doubt: Doubt, flow: Flow, direction: Direction): string => {
  const peer = endText(peerOf(flow, direction));
  const subject = endText(subjectOf(flow, direction));
  const destination = endText(flow.destination);
  switch (doubt.kind) {
    case 'policies-not-known':
      return doubt.why;
    case 'unidentified':
      return `whether ${doubt.ip} is a pod is not known: ${doubt.why}`;
    case 'labels-not-known':
      return labelsText(doubt, flow, direction);
    case 'address-not-known':
      return `the address of ${peer} is not known`;
    case 'which-address':
      return `${doubt.allowed} is allowed and ${doubt.other} is not, and which of them this flow uses is not known`;
    case 'host-network-peer':
      return `${peer} is in its node's network, and whether a selector matches it there differs by network plugin`;
    case 'to-own-node':
      return `${peer} is on the node of ${subject}, and ${TO_OWN_NODE}`;
    case 'own-node-not-known':
      return `whether ${peer} is on the node of ${subject} is not known, and ${direction === 'egress' ? TO_OWN_NODE : "what a pod's own node sends is let in"}`;
    case 'port-names-not-known':
      return `what the name ${doubt.name} stands for at ${destination} is not known`;
    case 'port-name-ambiguous':
      return `${destination} gives the name ${doubt.name} to ${listed(doubt.numbers.map(String))}, and which counts differs by network plugin`;
    case 'protocol-not-policed':
      return `NetworkPolicy says nothing of ${doubt.protocol}: what happens to it differs by network plugin`;
    case 'invalid':
      return `${doubt.field} ${JSON.stringify(doubt.value)} is not understood`;
  }
};

/** `NetworkPolicy shop/x, rule 2: …` */
export const doubtText = (doubt: Doubt, flow: Flow, direction: Direction): string => {
  const text = whatText(doubt, flow, direction);
  if (doubt.at === undefined) return text;
  const { policy, rule } = doubt.at;
  return `NetworkPolicy ${refText(policy)}${rule === undefined ? '' : `, rule ${rule + 1}`}: ${text}`;
};
