/** Label selectors, of pods and of namespaces, where labels may not be known. */
import type { LabelSelector } from '../../model/kubernetes.ts';
import type { Labels } from './flow.ts';
import { both, type Match, no, unknown, YES } from './match.ts';
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

const meets = (seen: LabelsSeen, key: string, operator: string, values: readonly string[]): Match => {
  const fixed = seen.always === undefined ? undefined : own(seen.always, key);
  if (fixed === undefined && seen.labels === undefined)
    return unknown({ kind: 'labels-not-known', of: seen.of, key });
  const has = fixed ?? own(seen.labels ?? {}, key);
  return holdsFor(operator, values, has)
    ? YES
    : no({ kind: 'label', of: seen.of, key, operator, values, has });
};

const meetsExpression = (seen: LabelsSeen, requirement: Requirement): Match => {
  const { key, operator, values = [] } = requirement;
  const value = `${key} ${operator} (${values.join(',')})`;
  return isValid(requirement)
    ? meets(seen, key, operator, values)
    : unknown({ kind: 'invalid', field: 'expression', value });
};

const FIELDS: readonly string[] = ['matchLabels', 'matchExpressions'];

/** An empty selector matches everything; all its requirements must hold. What a missing one means is its reader's to know. */
export const matchSelector = (selector: LabelSelector, seen: LabelsSeen): Match => {
  const surplus = surplusField(selector, FIELDS);
  if (surplus !== undefined) return unknown(surplus);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  let match: Match = YES;
  for (const [key, value] of Object.entries(matchLabels))
    match = both(match, meets(seen, key, 'In', [value]));
  for (const requirement of matchExpressions) match = both(match, meetsExpression(seen, requirement));
  return match;
};
