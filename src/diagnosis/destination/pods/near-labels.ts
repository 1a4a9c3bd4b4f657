/** Pods that a selector nearly matches, and in what they differ from it. Pure. */
import type { Pod } from '../../../model/kubernetes.ts';
import { editDistance } from '../../near.ts';

export interface NearLabels {
  /** What the selector would have to say in place of what it says; `null`: leave that label out. */
  readonly patch: Readonly<Record<string, string | null>>;
  /** `app=web where the selector says app=webb`, one for each label. */
  readonly differences: readonly string[];
  readonly pods: readonly string[];
}

interface Step {
  readonly cost: number;
  readonly patch: Readonly<Record<string, string | null>>;
  readonly text: string;
}

const isNear = (wanted: string, has: string): boolean =>
  editDistance(wanted, has) <= Math.max(1, Math.floor(wanted.length / 5)) ||
  wanted.startsWith(`${has}-`) ||
  has.startsWith(`${wanted}-`);

/** Labels under which one thing is often kept: `app`, `k8s-app`, `app.kubernetes.io/name`. */
const NAMES: readonly string[] = ['app', 'k8s-app', 'name', 'app.kubernetes.io/name', 'run', 'component'];
const sameMeaning = (key: string, other: string): boolean =>
  (NAMES.includes(key) && NAMES.includes(other)) || isNear(key, other);

const [NEAR, FAR, MISSING] = [1, 4, 3];

/** undefined where the pod carries just that. */
const stepFor = (
  key: string,
  wanted: string,
  labels: Readonly<Record<string, string>>,
  service: string,
): Step | undefined => {
  const has = labels[key];
  if (has === wanted) return undefined;
  const instead = (text: string): string => `${text} where the selector says ${key}=${wanted}`;
  if (has !== undefined)
    return {
      cost: isNear(wanted, has) || has === service ? NEAR : FAR,
      patch: { [key]: has },
      text: instead(`${key}=${has}`),
    };
  const other = Object.entries(labels).find(
    ([name, value]) => value === wanted && sameMeaning(key, name),
  )?.[0];
  return other === undefined
    ? { cost: MISSING, patch: { [key]: null }, text: instead(`no label ${key}`) }
    : { cost: NEAR, patch: { [key]: null, [other]: wanted }, text: instead(`${other}=${wanted}`) };
};

interface Candidate {
  readonly cost: number;
  readonly patch: NearLabels['patch'];
  readonly differences: readonly string[];
  readonly pod: string;
}

const MOST_SETS = 3;

/**
 * The nearest first, at most three sets; empty where none is near. A pod is near where all that differs is a slip, or where it carries
 * part of what is asked for. `service`: a label that has the Service's own name is near, whatever the selector says.
 */
export const nearLabels = (
  selector: Readonly<Record<string, string>>,
  pods: readonly Pod[],
  service: string,
): readonly NearLabels[] => {
  const keys = Object.entries(selector);
  const candidates = pods.flatMap(({ metadata: { name, labels = {} } }): readonly Candidate[] => {
    const steps = keys.flatMap(([key, wanted]) => stepFor(key, wanted, labels, service) ?? []);
    const slips = steps.every(({ cost }) => cost === NEAR);
    const same = keys.length - steps.length;
    if (steps.length === 0 || (!slips && same === 0)) return [];
    return [
      {
        cost: steps.reduce((sum, { cost }) => sum + cost, 0),
        patch: Object.fromEntries(steps.flatMap(({ patch }) => Object.entries(patch))),
        differences: steps.map(({ text }) => text),
        pod: name,
      },
    ];
  });
  const least = Math.min(...candidates.map(({ cost }) => cost));
  const sets = new Map<string, readonly Candidate[]>();
  for (const candidate of candidates.filter(({ cost }) => cost <= least + 1)) {
    const key = JSON.stringify(candidate.patch);
    sets.set(key, [...(sets.get(key) ?? []), candidate]);
  }
  return [...sets.values()]
    .sort((a, b) => (a[0]?.cost ?? 0) - (b[0]?.cost ?? 0) || b.length - a.length)
    .slice(0, MOST_SETS)
    .flatMap((same) => {
      const [first] = same;
      return first === undefined
        ? []
        : [{ patch: first.patch, differences: first.differences, pods: same.map(({ pod }) => pod) }];
    });
};
