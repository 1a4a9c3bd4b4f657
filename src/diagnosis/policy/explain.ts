/** A verdict in plain sentences, one a line: which policies, which rule, and what the nearest rule misses. */
import { counted, listedShort } from '../wording.ts';
import { doubtText } from './doubt-text.ts';
import { type Direction, type Flow, subjectOf } from './flow.ts';
import { missesText } from './miss-text.ts';
import type { Because, FlowVerdict, Nearest, Verdict } from './verdict.ts';
import { allowanceText, DIRECTION_NAMES, endText, refText } from './wording.ts';

type Denied = Extract<Verdict, { state: 'denied' }>;

const becauseText = (because: Because, subject: string, direction: Direction): string => {
  const name = DIRECTION_NAMES[direction];
  switch (because.kind) {
    case 'no-policy-selects':
      return `no NetworkPolicy selects ${subject} for ${direction}`;
    case 'rule': {
      const { policy, rule, allowance } = because;
      return `NetworkPolicy ${refText(policy)} (${name}) rule ${rule + 1} allows this flow: ${allowanceText(allowance, policy.namespace)}`;
    }
    case 'host-network':
      return `${subject} is in its node's network, where network plugins do not apply NetworkPolicies`;
    case 'outside':
      return `${subject} is outside the cluster: no NetworkPolicy applies to it`;
    case 'own-node':
      return `this comes from the node of ${subject}, and traffic of a pod's own node is let in`;
    case 'itself':
      return `${subject} talks to itself, which no NetworkPolicy denies`;
  }
};

const selectionText = ({ policies, rules }: Denied, subject: string, direction: Direction): string => {
  const names = listedShort(policies.map(refText));
  const one = policies.length === 1;
  const said = `${one ? 'NetworkPolicy' : 'NetworkPolicies'} ${names} (${DIRECTION_NAMES[direction]}) ${one ? 'selects' : 'select'} ${subject}`;
  if (rules === 0) return `${said} and ${one ? 'allows' : 'allow'} nothing`;
  if (rules === 1) return `${said}, and ${one ? 'its' : 'their'} only rule does not allow this flow`;
  return `${said}, and none of ${one ? 'its' : 'their'} ${rules} rules allows this flow`;
};

const nearestText = (
  { policy, rule, allowance, misses }: Nearest,
  flow: Flow,
  direction: Direction,
): string =>
  `nearest: NetworkPolicy ${refText(policy)} rule ${rule + 1} allows ${allowanceText(allowance, policy.namespace)}; ${missesText(misses, flow, direction, policy.namespace)}`;

const MANY_DOUBTS = 4;

/** For evidence: at most a handful of lines. */
export const explainDirection = (flow: Flow, direction: Direction, verdict: Verdict): readonly string[] => {
  const end = subjectOf(flow, direction);
  const subject = endText(end, end.kind === 'pod' ? end.namespace : undefined);
  switch (verdict.state) {
    case 'allowed':
      return [becauseText(verdict.because, subject, direction)];
    case 'denied':
      return [
        selectionText(verdict, subject, direction),
        ...(verdict.nearest === undefined ? [] : [nearestText(verdict.nearest, flow, direction)]),
      ];
    case 'unknown': {
      const [first = '', ...reasons] = new Set(verdict.why.map((doubt) => doubtText(doubt, flow, direction)));
      const more = reasons.length - MANY_DOUBTS;
      return [
        `whether NetworkPolicies allow the ${direction} of ${subject} could not be told: ${first}`,
        ...reasons.slice(0, MANY_DOUBTS),
        ...(more > 0 ? [`and ${counted(more, 'more reason')}`] : []),
      ];
    }
  }
};

export const explainFlow = (flow: Flow, { egress, ingress }: FlowVerdict): readonly string[] => [
  ...explainDirection(flow, 'egress', egress),
  ...explainDirection(flow, 'ingress', ingress),
];
