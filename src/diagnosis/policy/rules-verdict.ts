/** What the policies that select a pod say, taken together: they add up, so one rule that allows is enough. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { at, type Doubt, distinct } from './doubt.ts';
import { type Direction, type Flow, POLICED } from './flow.ts';
import { type Isolating, refOf, type Subject } from './isolation.ts';
import { distanceOf } from './miss.ts';
import type { PeerSeen } from './peers.ts';
import { matchRule, rulesOf } from './rules.ts';
import type { Because, Nearest, Verdict } from './verdict.ts';

/** One policy alone, should it select the pod. */
interface Said {
  readonly allows: Because | undefined;
  readonly doubts: readonly Doubt[];
  readonly rules: number;
  readonly nearest: Nearest | undefined;
}

/** The first of those that are equally near. */
const nearestOf = (all: readonly (Nearest | undefined)[]): Nearest | undefined =>
  all.reduce(
    (best, one) =>
      best === undefined || (one !== undefined && distanceOf(one.misses) < distanceOf(best.misses))
        ? one
        : best,
    undefined,
  );

export interface Question {
  readonly flow: Flow;
  readonly direction: Direction;
  readonly subject: Subject;
  readonly peer: PeerSeen;
}

const saidBy = (policy: NetworkPolicy, { flow, direction, subject, peer }: Question): Said => {
  const ref = refOf(policy, subject);
  const rules = rulesOf(policy, direction);
  const doubts: Doubt[] = [];
  const failing: Nearest[] = [];
  for (const [rule, content] of rules.entries()) {
    const { match, allowance } = matchRule(content, peer, flow, ref.namespace);
    switch (match.holds) {
      case 'yes':
        return {
          allows: { kind: 'rule', policy: ref, rule, allowance },
          doubts: [],
          rules: rules.length,
          nearest: undefined,
        };
      case 'unknown':
        doubts.push(...at(match.doubts, ref, rule));
        break;
      case 'no':
        failing.push({ policy: ref, rule, allowance, misses: match.misses });
        break;
    }
  }
  return { allows: undefined, doubts, rules: rules.length, nearest: nearestOf(failing) };
};

/** Of policies that may not select the pod at all: `alone` where no other does. */
const doubtsOf = (said: Said, selection: readonly Doubt[], alone: boolean): readonly Doubt[] => {
  if (alone) return said.allows === undefined ? [...selection, ...said.doubts] : [];
  return said.allows !== undefined || said.doubts.length > 0 ? [...selection, ...said.doubts] : [];
};

/**
 * Allowed or denied only where it is so whatever the things are that are not known: which doubtful policies select the pod, and which
 * doubtful rules hold.
 */
export const rulesVerdict = ({ selecting, doubtful }: Isolating, question: Question): Verdict => {
  if (selecting.length + doubtful.length === 0)
    return { state: 'allowed', because: { kind: 'no-policy-selects' } };
  const { protocol } = question.flow;
  if (!POLICED.includes(protocol))
    return { state: 'unknown', why: [{ kind: 'protocol-not-policed', protocol }] };
  const said: Said[] = [];
  for (const policy of selecting) {
    const one = saidBy(policy, question);
    if (one.allows !== undefined) return { state: 'allowed', because: one.allows };
    said.push(one);
  }
  const alone = selecting.length === 0;
  const perhaps = doubtful.map(({ policy, doubts }) => ({
    said: saidBy(policy, question),
    selection: doubts,
  }));
  const why = [
    ...said.flatMap(({ doubts }) => doubts),
    ...perhaps.flatMap((one) => doubtsOf(one.said, one.selection, alone)),
  ];
  if (why.length > 0) return { state: 'unknown', why: distinct(why) };
  // None selects for certain, and each of those that may would allow it.
  const allowed = alone ? perhaps.at(0)?.said.allows : undefined;
  if (allowed !== undefined) return { state: 'allowed', because: allowed };
  return {
    state: 'denied',
    policies: selecting.map((policy) => refOf(policy, question.subject)),
    rules: said.reduce((sum, { rules }) => sum + rules, 0),
    nearest: nearestOf(said.map(({ nearest }) => nearest)),
  };
};
