/** Hostile strings in real cases: which string, at which places, in which way. */
import { readFileSync } from 'node:fs';
import { judge } from '../../src/judge.ts';
import { caseSchema } from '../../src/model/case.ts';
import type { Report } from '../../src/model/report.ts';
import { HOSTILE, type Hostile } from './hostile-strings.ts';
import { type Json, kindOf, openPlaces, type Path, withText } from './places.ts';

/** Of different ends: judged from inside the pod, refused at the door, not started; names, policies, certificates, proxies, HTTP. */
export const CASES: readonly string[] = [
  'policy-egress-denied',
  'to-certificate-other-name',
  'image-unavailable',
  'pod-security-refuses',
  'dns-corefile-invalid',
  'access-denied',
  'service-selector-typo',
  'proxy-environment',
  'to-mesh-upstream-error',
  'service-pods-crash',
  'to-ingress',
  'service-external-name',
  'pod-not-found',
  'healthy',
];

export interface Trial {
  readonly case: string;
  readonly place: string;
  readonly hostile: Hostile;
  readonly report: () => Report;
}

/** How the text of a place is changed: it is the string, it ends with it, or each line of it does (what a tool prints). */
const WAYS: Readonly<Record<string, (text: string, hostile: string) => string>> = {
  instead: (_text, hostile) => hostile,
  behind: (text, hostile) => `${text}${hostile}`,
  'in each line': (text, hostile) =>
    text
      .split('\n')
      .map((line) => (line.trim() === '' ? line : `${line.replace(/\r$/, '')} ${hostile}`))
      .join('\n'),
};

const readCase = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../cases/${name}/case.json`, import.meta.url), 'utf8'));

/** As it would be after saving and reading. */
const reportOf = (value: Json): Report => judge(caseSchema.parse(JSON.parse(JSON.stringify(value))));

const MARK = 'Somebody-Else';

/** Places whose text decides nothing: with any other text there, the same is found. All of them can be changed at once. */
const idlePlaces = (value: Json, places: readonly Path[]): readonly Path[] => {
  const codes = (report: Report) => report.findings.map(({ code }) => code).join();
  const before = codes(reportOf(value));
  const idleOf = (some: readonly Path[]): readonly Path[] => {
    if (codes(reportOf(withText(value, some, (text) => text + MARK))) === before) return some;
    const middle = Math.ceil(some.length / 2);
    return some.length === 1 ? [] : [...idleOf(some.slice(0, middle)), ...idleOf(some.slice(middle))];
  };
  return idleOf(places);
};

/** One place of each kind: elements of a list are alike, but for what the pod's tools printed. */
const oneOfEach = (places: readonly Path[]): readonly Path[] => [
  ...new Map(places.map((path) => [path[0] === 'runs' ? path.join('.') : kindOf(path), path])).values(),
];

/** Texts that are longer are planted at a few places, and not in each line: no run brings a case of many megabytes. */
const LONG = 5_000;
const PLACES_OF_LONG = 4;

/** Some of them, from the whole list. */
const spread = <T>(all: readonly T[], some: number): readonly T[] =>
  all.filter((_one, index) => index % Math.ceil(all.length / some) === 0);

const SHORT = HOSTILE.filter(({ text }) => text.length < LONG);
const ALL_SHORT: Hostile = { name: 'all short strings', text: SHORT.map(({ text }) => text).join(' ') };

/** Each string is tried in every fifth case, each place in one of the ways: all of each would take a day. */
const EVERY = 5;

/**
 * Each string by itself at all idle places at once, in every way; and all strings together at each place by itself.
 * @param share 1: all; 10: each tenth.
 */
export function* trials(cases: readonly string[], share: number): Generator<Trial> {
  let count = 0;
  const isDue = (): boolean => count++ % share === 0;
  for (const [turn, name] of cases.entries()) {
    const value = readCase(name);
    const places = oneOfEach(openPlaces(value));
    const idle = idlePlaces(value, places);
    const trial = (paths: readonly Path[], place: string, way: string, hostile: Hostile): Trial => ({
      case: name,
      place: `${place}, ${way}`,
      hostile,
      report: () => reportOf(withText(value, paths, (text) => WAYS[way]?.(text, hostile.text) ?? '')),
    });
    const ways = Object.keys(WAYS);
    for (const [index, hostile] of HOSTILE.entries()) {
      if ((index + turn) % EVERY !== 0) continue;
      const isLong = hostile.text.length >= LONG;
      for (const way of isLong ? ways.filter((one) => one !== 'in each line') : ways)
        if (isDue()) yield trial(isLong ? spread(idle, PLACES_OF_LONG) : idle, 'idle places', way, hostile);
    }
    for (const [index, path] of places.entries())
      if (isDue()) yield trial([path], path.join('.'), ways[(index + turn) % ways.length] ?? '', ALL_SHORT);
  }
}
