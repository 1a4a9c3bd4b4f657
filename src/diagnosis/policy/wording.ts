/** Policies, peers and ports in words: what a rule allows. */
import type { LabelSelector } from '../../model/kubernetes.ts';
import type { PolicyRef } from './doubt.ts';
import { DEFAULT_PROTOCOL, type Direction, type End } from './flow.ts';
import { NAMESPACE_NAME, type PolicyPeer } from './peers.ts';
import type { PolicyPort } from './ports.ts';
import type { Allowance } from './rules.ts';
import type { Requirement } from './selectors.ts';

export const DIRECTION_NAMES: Readonly<Record<Direction, string>> = { ingress: 'Ingress', egress: 'Egress' };

/** `shop/allow-web` */
export const refText = ({ namespace, name }: PolicyRef): string => `${namespace}/${name}`;

/** `client`, with its namespace where that is not `home`. */
export const endText = (end: End, home?: string): string => {
  if (end.kind !== 'pod') return end.ip;
  if (end.name === undefined) return `a pod of namespace ${end.namespace}`;
  return end.namespace === home ? end.name : `${end.namespace}/${end.name}`;
};

/** `app in (web,db)`, as kubectl writes it. */
const requirementText = ({ key, operator, values = [] }: Requirement): string => {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values.join('')}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values.join('')}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key} ${operator} (${values.join(',')})`;
  }
};

/** matchLabels as the API defines them: In with one value. */
const requirementsOf = ({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly Requirement[] => [
  ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions,
];

/** `app=web,tier in (1,2)`; empty for a selector that matches everything. */
const selectorText = (selector: LabelSelector): string =>
  requirementsOf(selector).map(requirementText).join(',');

const namespacesText = (selector: LabelSelector | undefined, policyNamespace: string): string => {
  if (selector === undefined) return `namespace ${policyNamespace}`;
  const text = selectorText(selector);
  const named = `${NAMESPACE_NAME}=`;
  if (text.startsWith(named) && !text.includes(',')) return `namespace ${text.slice(named.length)}`;
  return text === '' ? 'all namespaces' : `namespaces with ${text}`;
};

/** `pods with app=web of namespace shop`, `10.0.0.0/8 except 10.1.0.0/16` */
const peerText = (
  { podSelector = {}, namespaceSelector, ipBlock }: PolicyPeer,
  namespace: string,
): string => {
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return except.length === 0 ? cidr : `${cidr} except ${except.join(', ')}`;
  }
  const pods = selectorText(podSelector);
  return `${pods === '' ? 'all pods' : `pods with ${pods}`} of ${namespacesText(namespaceSelector, namespace)}`;
};

/** `80/TCP`, `8000-8080/TCP`, `http/TCP`, `any TCP port` */
const portText = ({ port, endPort, protocol = DEFAULT_PROTOCOL }: PolicyPort): string =>
  port === undefined
    ? `any ${protocol} port`
    : `${port}${endPort === undefined ? '' : `-${endPort}`}/${protocol}`;

const amongOthers = (text: string, count: number): string => (count > 1 ? `${text} (among others)` : text);

const chosenText = <T>(
  chosen: T | undefined,
  count: number,
  words: { readonly any: string; readonly several: string },
  text: (one: T) => string,
): string => {
  if (count === 0) return words.any;
  return chosen === undefined ? words.several : amongOthers(text(chosen), count);
};

/** `pods with app=web of namespace shop on 80/TCP (among others)`; `namespace`: the policy's. */
export const allowanceText = ({ peer, port, peers, ports }: Allowance, namespace: string): string => {
  const who = chosenText(peer, peers, { any: 'anyone', several: 'some peers' }, (one) =>
    peerText(one, namespace),
  );
  const what = chosenText(port, ports, { any: 'any port', several: 'some ports' }, portText);
  return `${who} on ${what}`;
};
