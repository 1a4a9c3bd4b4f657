/** What a reader has to know of how the pod's network was entered: a sentence each. Pure. */
import { type Entry, type Way, wayOf } from '../model/entry.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { rightText } from './rights.ts';
import { counted, listed, oneLine } from './wording.ts';

const WORDS: Readonly<Record<Way, string>> = {
  ephemeral: 'an ephemeral container in the pod',
  exec: "a container of the pod, with that container's tools",
  jump: 'a look-alike of the pod on its node',
  sidecar: "a container in the pod's workload",
};

/** Why a way is closed: the finding that says so, else the words of the server. */
const whyClosed = (entry: Entry, findings: readonly Finding[]): string => {
  const found = findings.find(({ about }) => about === wayOf(entry));
  if (found !== undefined) return `${found.code}, ${found.summary}`;
  switch (entry.state) {
    case 'not-attempted':
      return entry.missing === undefined
        ? (entry.detail ?? entry.why)
        : `not permitted to ${listed(entry.missing.map(rightText))}`;
    case 'refused':
      return `refused with ${entry.httpStatus}: ${oneLine(entry.message, 300)}`;
    case 'not-started':
      return `${entry.reason}: ${oneLine(entry.message, 300)}`;
    case 'ran':
      return oneLine(entry.detail ?? entry.end, 300);
  }
};

/** From this many on what earlier runs left in the pod is worth a word: each makes the pod's status longer. */
const MANY_LEFT = 5;

const leftovers = (pod: Evidence['pod']): readonly string[] => {
  const left =
    pod.state === 'known'
      ? (pod.value.spec.ephemeralContainers ?? []).filter(({ name }) => name.startsWith('netcheck-')).length
      : 0;
  return left < MANY_LEFT
    ? []
    : [
        `${counted(left, 'debug container')} of earlier runs stay listed in this pod, and go with it; --keep 10m uses one for several runs`,
      ];
};

/** Each way that is closed, and why. @param findings those about such ways, among others. */
export const closedWays = (
  word: 'not' | 'nor',
  otherWays: readonly Entry[],
  findings: readonly Finding[],
): readonly string[] =>
  otherWays.map(
    (other) =>
      `${word} through ${WORDS[wayOf(other)]} (--via ${wayOf(other)}): ${whyClosed(other, findings)}`,
  );

/** Of a run that got in: how, what that way cannot show, and why it is not another one. */
export const wayNotes = (
  entry: Entry,
  otherWays: readonly Entry[],
  findings: readonly Finding[],
  pod: Evidence['pod'],
): readonly string[] => {
  if (entry.state !== 'ran') return leftovers(pod);
  const way = wayOf(entry);
  const { lookAlike } = entry;
  return [
    ...(way === 'ephemeral' ? [] : [`seen through ${WORDS[way]}${ofContainer(entry)}`]),
    ...(lookAlike === undefined ? [] : [`it does not show ${listed(lookAlike.notShown)}`]),
    ...closedWays('not', otherWays, findings),
    ...leftovers(pod),
  ];
};

const ofContainer = (entry: Extract<Entry, { state: 'ran' }>): string => {
  if (entry.lookAlike !== undefined) return `, pod ${entry.lookAlike.pod}: it is not the pod itself`;
  return wayOf(entry) === 'exec' ? `: ${entry.container}` : '';
};
