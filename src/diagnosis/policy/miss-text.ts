/** What keeps a rule from allowing a flow, in words: each begins with what is so. */
import { listed } from '../wording.ts';
import { type Direction, type End, type Flow, peerOf } from './flow.ts';
import type { Miss } from './miss.ts';
import { NAMESPACE_NAME } from './peers.ts';
import { endText } from './wording.ts';

const numbersText = (numbers: readonly number[], protocol: string): string =>
  listed(numbers.map((number) => `${number}/${protocol}`));

const inNamespace = (peer: End, namespace: string): string =>
  `${endText(peer, namespace)} is in namespace ${namespace}`;

const labelText = ({ of, key, has }: Extract<Miss, { kind: 'label' }>, peer: End, home: string): string => {
  if (of === 'namespace' && key === NAMESPACE_NAME && has !== undefined) return inNamespace(peer, has);
  const namespace = peer.kind === 'pod' ? `namespace ${peer.namespace}` : 'its namespace';
  const who = of === 'pod' ? endText(peer, home) : namespace;
  return has === undefined ? `${who} has no label ${key}` : `${who} has ${key}=${has}`;
};

/** `home`: the namespace of the policy. */
const missText = (miss: Miss, flow: Flow, direction: Direction, home: string): string => {
  const peer = peerOf(flow, direction);
  const destination = endText(flow.destination, home);
  const asks = `this flow asks ${flow.port}/${flow.protocol}`;
  switch (miss.kind) {
    case 'protocol':
      return miss.byDefault
        ? `a port without a protocol means ${miss.wanted}, and this flow is ${miss.has}`
        : `this flow is ${miss.has}`;
    case 'port':
      return asks;
    case 'port-name':
      return miss.numbers.length === 0
        ? `${destination} has no ${miss.protocol} port named ${miss.name}`
        : `${destination} gives the name ${miss.name} to ${numbersText(miss.numbers, miss.protocol)}, and ${asks}`;
    case 'port-name-outside':
      return `${miss.name} is the name of a pod's port, and ${destination} is outside the cluster`;
    case 'label':
      return labelText(miss, peer, home);
    case 'namespace':
      return inNamespace(peer, miss.has);
    case 'not-a-pod':
      return `${miss.ip} is outside the cluster, where selectors match nothing`;
    case 'not-in-cidr':
      return `${miss.address} is not in it`;
    case 'excepted':
      return `${miss.address} is in ${miss.except}, which is excepted`;
  }
};

/** A protocol that differs stands in what the flow asks already, unless the rule left it out. */
const isTold = (miss: Miss, all: readonly Miss[]): boolean =>
  miss.kind === 'protocol' &&
  !miss.byDefault &&
  all.some((other) => other.kind === 'port' || (other.kind === 'port-name' && other.numbers.length > 0));

export const missesText = (
  misses: readonly Miss[],
  flow: Flow,
  direction: Direction,
  home: string,
): string => {
  const texts = misses
    .filter((miss) => !isTold(miss, misses))
    .map((miss) => missText(miss, flow, direction, home));
  return [...new Set(texts)].join('; ');
};
