/** What the rules about policies share: which flows one end denies, and the draft that tells of it. */
import type { FindingDraft } from '../../model/rule.ts';
import { explainDirection } from '../policy/explain.ts';
import { type Direction, peerOf, subjectOf } from '../policy/flow.ts';
import { mendFor } from '../policy/mend.ts';
import { endText } from '../policy/wording.ts';
import { inCommand, kubectl, listedShort, unique } from '../wording.ts';
import type { FlowAbout, JudgedFlow } from './judged.ts';
import { waysText } from './wording.ts';

export const deniedBy = (flows: readonly JudgedFlow[], direction: Direction): readonly JudgedFlow[] =>
  flows.filter(({ verdict }) => verdict[direction].state === 'denied');

/** How connections that a policy drops, or a plugin rejects, are seen. */
const SEEN: Readonly<Record<Exclude<FlowAbout, 'nameserver'>, readonly string[]>> = {
  destination: ['destination'],
  'kubernetes-api': ['kubernetes-api'],
  internet: ['internet'],
};
const SYMPTOMS = [
  'connection-timed-out',
  'host-unreachable',
  'connection-refused',
  'connection-reset',
] as const;

export const seenWhenDenied = (about: FlowAbout): readonly string[] => {
  if (about === 'nameserver')
    return [
      'nameserver-silent',
      'nameserver-refuses-connection',
      'host-unreachable/nameserver',
      'dns-tcp-blocked',
      'upstream-dns-broken',
    ];
  return [
    ...SEEN[about].flatMap((subject) => SYMPTOMS.map((id) => `${id}/${subject}`)),
    ...(about === 'internet'
      ? ['internet-unreachable', 'one-family-broken', 'corefile-upstream-suspect/unreached']
      : []),
    ...(about === 'destination' ? ['some-endpoints-broken', 'internet-unreachable'] : []),
  ];
};

/** `shop/deny-all`, of all that select the pod and do not allow it. */
export const policyNames = (flows: readonly JudgedFlow[], direction: Direction): readonly string[] =>
  unique(
    flows.flatMap(({ verdict }) => {
      const one = verdict[direction];
      return one.state === 'denied' ? one.policies.map(({ namespace, name }) => `${namespace}/${name}`) : [];
    }),
  );

/** `NetworkPolicy shop/deny-all does not let` */
export const doNotLet = (names: readonly string[]): string =>
  names.length === 1
    ? `NetworkPolicy ${listedShort(names)} does not let`
    : `NetworkPolicies ${listedShort(names)} do not let`;

const describe = (name: string): string => {
  const [namespace = '', policy = ''] = name.split('/');
  return kubectl(namespace, 'describe', 'networkpolicy', inCommand(policy, 'POLICY'));
};

/** It may be meant so. */
const noInternet = ({ source }: JudgedFlow['flow']): string =>
  source.kind === 'pod'
    ? kubectl(source.namespace, 'netcheck', inCommand(source.name ?? '', 'POD'), '--no-internet')
    : 'kubectl netcheck POD --no-internet';

/** `flows`: all that are denied, of which `first` is one: the mend is for it. */
export const deniedDraft = (
  first: JudgedFlow,
  flows: readonly JudgedFlow[],
  direction: Direction,
): FindingDraft => {
  const { about, flow, verdict, fate } = first;
  const subject = endText(subjectOf(flow, direction));
  const peer = endText(peerOf(flow, direction));
  const names = policyNames(flows, direction);
  const mend = mendFor(flow, direction, verdict[direction]);
  const to = waysText(flows);
  return {
    about,
    // Where something answered that it may not, it may as well be what stands behind the policy.
    confidence: fate === 'silent' ? 'certain' : 'likely',
    summary:
      direction === 'egress'
        ? `${doNotLet(names)} ${subject} reach ${to}`
        : `${doNotLet(names)} ${peer} in at ${to}`,
    evidence: unique(
      flows.flatMap((one) => explainDirection(one.flow, direction, one.verdict[direction])),
    ).slice(0, 8),
    explains: seenWhenDenied(about),
    next: [...names.slice(0, 3).map(describe), ...(about === 'internet' ? [noInternet(flow)] : [])],
    // Of the world there is no smallest rule that anybody would want.
    ...(mend.kind === 'policy' && about !== 'internet' ? { mend: mend.yaml } : {}),
  };
};
