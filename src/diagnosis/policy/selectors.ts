/** Label selectors, of pods and of namespaces, where labels may not be known. */
import type { LabelSelector } from '../../model/kubernetes.ts';
import type { Labels } from './flow.ts';
import { allOf, type Match, no, unknown, YES } from './match.ts';
import { surplusField } from './surplus.ts';

/** What is known of the labels of one object. */
export interface LabelsSeen {
  readonly of: 'pod' | 'namespace';
  /** undefined: could not be read. */
  readonly labels: Labels | undefined;
  /** Labels that are known all the same. */
  readonly always?: Labels | undefined;
}

export type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

const own = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

/** As the API server validates them: In and NotIn need values, the others must have none. */
const isValid = ({ operator, values = [] }: Requirement): boolean => {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0;
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0;
    default:
      return false;
  }
};

/** `operator` is valid. NotIn holds for an object without the label, as the API reference says. */
const holdsFor = (operator: string, values: readonly string[], has: string | undefined): boolean => {
  switch (operator) {
    case 'In':
      return has !== undefined && values.includes(has);
    case 'NotIn':
      return has === undefined || !values.includes(has);
    case 'Exists':
      return has !== undefined;
    default:
      return has === undefined;
  }
};

const meets = ({ of, labels, always = {} }: LabelsSeen, requirement: Requirement): Match => {
  const { key, operator, values = [] } = requirement;
  if (!isValid(requirement))
    return unknown({
      kind: 'invalid',
      field: 'expression',
      value: `${key} ${operator} (${values.join(',')})`,
    });
  const fixed = own(always, key);
  if (fixed === undefined && labels === undefined) return unknown({ kind: 'labels-not-known', of, key });
  const has = fixed ?? own(labels ?? {}, key);
  return holdsFor(operator, values, has) ? YES : no({ kind: 'label', of, key, operator, values, has });
};

/** matchLabels as the API defines them: In with one value. */
export const requirementsOf = ({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly Requirement[] => [
  ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions,
];

/** An empty selector matches everything; all its requirements must hold. What a missing one means is its reader's to know. */
export const matchSelector = (selector: LabelSelector, seen: LabelsSeen): Match => {
  const surplus = surplusField(selector, ['matchLabels', 'matchExpressions']);
  if (surplus !== undefined) return unknown(surplus);
  return allOf(requirementsOf(selector).map((requirement) => meets(seen, requirement)));
};
