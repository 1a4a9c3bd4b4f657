/** Compares what the double says with what was recorded, leaving out what differs from run to run. */
import { isRecord, type Loose } from '../sandbox/api/json.ts';

/** Left out wherever they stand. */
const VOLATILE: readonly string[] = [
  'uid',
  'resourceVersion',
  'managedFields',
  'containerID',
  'remainingItemCount',
];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** Random tails of names: of the token's volume, of events, of pods and slices that controllers name. */
const RANDOM_TAILS: readonly (readonly [RegExp, string])[] = [
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-*'],
  [/(\w)\.[0-9a-f]{16}$/g, '$1.*'],
  // The scheduler signs with its host's name.
  [/^(default-scheduler)-\w+$/g, '$1-HOST'],
  [/^(web)-[a-z0-9]{9,10}-[a-z0-9]{5}$/g, '$1-*-*'],
  [/^(web|wrong-selector)-[a-z0-9]{5}$/g, '$1-*'],
];

const normalText = (text: string): string => {
  if (TIME.test(text)) return 'TIME';
  return RANDOM_TAILS.reduce((result, [pattern, by]) => result.replace(pattern, by), text);
};

/** The lab's binaries mount one ConfigMap more than Kubernetes does (OpenShift's service CA). */
const isLabOnly = (value: Loose): boolean => value?.configMap?.name === 'openshift-service-ca.crt';

/** Counts the writes that led to it; how many there were is the controller's business. */
const isSlice = (value: Loose): boolean => 'addressType' in value;

export const normalise = (value: Loose): Loose => {
  if (typeof value === 'string') return normalText(value);
  if (Array.isArray(value)) return value.filter((item) => !isLabOnly(item)).map(normalise);
  if (!isRecord(value)) return value;
  const entries = Object.entries<Loose>(value).filter(([key]) => !VOLATILE.includes(key));
  const result: Loose = Object.fromEntries(entries.map(([key, item]) => [key, normalise(item)]));
  if (isSlice(value)) delete result.metadata?.generation;
  return result;
};

const show = (value: Loose): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing');

const walk = (recorded: Loose, actual: Loose, path: string): readonly string[] => {
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const length = Math.max(recorded.length, actual.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      walk(recorded[index], actual[index], `${path}[${index}]`),
    );
  }
  if (isRecord(recorded) && isRecord(actual)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => walk(recorded[key], actual[key], `${path}.${key}`));
  }
  return Object.is(recorded, actual) ? [] : [`${path}: recorded ${show(recorded)}, here ${show(actual)}`];
};

/** One line for each place where they differ; empty when they say the same. */
export const differences = (recorded: Loose, actual: Loose): readonly string[] =>
  walk(normalise(recorded), normalise(actual), '');

/** The same, for lists whose order means nothing. */
export const sortedBy = (list: readonly Loose[], key: (item: Loose) => string): readonly Loose[] =>
  [...list].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
