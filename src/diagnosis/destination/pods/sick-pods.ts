/** Pods behind the destination that crash, or run and are not ready: which, why, and whether what was asked breaks by it. */
import type { Pod } from '../../../model/kubernetes.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { conditionOf, eventMessages, isReady, podTroubles } from '../../pods.ts';
import { inCommand, kubectl, listedShort, oneLine, unique } from '../../wording.ts';
import { crashing, crashLine, endedAgo, endedMs, endText, isPast } from './crash-text.ts';
import { type Behind, behindOf, draftOf, eventsOfPods, type SickInput, whoText } from './pods-behind.ts';

/** One that was restarted long ago, is ready and answers, is no trouble. */
const isTrouble =
  ({ failing }: Behind) =>
  (pod: Pod): boolean =>
    !isReady(pod) || failing.has(pod.metadata.name);

/** Past where they all run again. */
const crashes = (sick: readonly Pod[]): string => {
  if (sick.every((pod) => crashing(pod).every(({ state }) => state?.running !== undefined))) return 'crashed';
  return sick.length === 1 ? 'crashes' : 'crash';
};

const place = (pod: Pod): string => pod.metadata.namespace ?? 'default';

const isPastCrash =
  (gatheredAt: string | undefined) =>
  (pod: Pod): boolean =>
    crashing(pod).every((status) => isPast(status, gatheredAt));

/** Those that crash now, or did a moment ago; apart from them those that have run for long since. */
export const crashingPods = (input: SickInput): readonly FindingDraft[] => {
  const behind = behindOf(input);
  if (behind === undefined) return [];
  const sick = behind.pods.filter((pod) => crashing(pod).length > 0).filter(isTrouble(behind));
  const past = sick.filter(isPastCrash(input.gatheredAt));
  const fresh = sick.filter((pod) => !past.includes(pod));
  return [
    ...crashDrafts(behind, fresh, input),
    // That they crashed then is known; that it has to do with what fails now is a guess.
    ...crashDrafts(behind, past, input).map((draft) => ({
      ...draft,
      severity: 'warning' as const,
      confidence: 'possible' as const,
      explains: [],
      evidence: [
        ...(draft.evidence ?? []),
        `${past.length === 1 ? 'it has' : 'they have'} run since: whether that has to do with what fails now is not known`,
      ],
    })),
  ];
};

/** The latest of several ends: `, 5 minutes ago`; empty where they crash now, or no time is told. */
const lastEnd = (sick: readonly Pod[], gatheredAt: string | undefined): string => {
  const statuses = sick.flatMap(crashing);
  if (statuses.some(({ state }) => state?.running === undefined)) return '';
  const [latest] = [...statuses].sort(
    (a, b) => (endedMs(a, gatheredAt) ?? 0) - (endedMs(b, gatheredAt) ?? 0),
  );
  const ago = latest === undefined ? undefined : endedAgo(latest, gatheredAt);
  return ago === undefined ? '' : `, ${sick.length === 1 ? '' : 'last '}${ago}`;
};

const crashDrafts = (
  behind: Behind,
  sick: readonly Pod[],
  { maybe, gatheredAt }: SickInput,
): readonly FindingDraft[] => {
  const [first] = sick;
  const [worst] = first === undefined ? [] : crashing(first);
  if (first === undefined || worst === undefined) return [];
  const ends = unique(
    sick.flatMap((pod) => crashing(pod).map((one) => `container ${one.name} ${endText(one)}`)),
  );
  const events = eventsOfPods(maybe.destinationEvents, sick);
  const name = inCommand(first.metadata.name, 'POD');
  return [
    draftOf(
      behind,
      sick,
      `${whoText(behind, sick)} ${crashes(sick)}: ${listedShort(ends)}${lastEnd(sick, gatheredAt)}`,
      {
        evidence: [
          ...sick
            .slice(0, 6)
            .flatMap((pod) => crashing(pod).map((status) => crashLine(pod, status, gatheredAt))),
          ...eventMessages(events, 'Unhealthy', 'Liveness').slice(0, 2),
        ],
        next: [
          kubectl(
            place(first),
            'logs',
            name,
            '-c',
            inCommand(worst.name, 'CONTAINER'),
            '--previous',
            '--tail=50',
          ),
          kubectl(place(first), 'describe', 'pod', name),
        ],
        explains: ['app-not-listening', 'target-port-mismatch'],
      },
    ),
  ];
};

/** Of those that run, with a readiness probe or gate that says no. */
export const unreadyPods = (input: SickInput): readonly FindingDraft[] => {
  const behind = behindOf(input);
  const sick =
    behind?.pods.filter(
      (pod) =>
        pod.status.phase === 'Running' &&
        conditionOf(pod, 'Ready')?.status === 'False' &&
        podTroubles(pod).length === 0 &&
        isPastCrash(input.gatheredAt)(pod),
    ) ?? [];
  const [first] = sick;
  if (behind === undefined || first === undefined) return [];
  const reasons = eventMessages(eventsOfPods(input.maybe.destinationEvents, sick), 'Unhealthy', 'Readiness');
  const why = reasons[0] ?? conditionOf(first, 'Ready')?.message;
  return [
    draftOf(
      behind,
      sick,
      `${whoText(behind, sick)} ${sick.length === 1 ? 'runs and is' : 'run and are'} not ready${why === undefined || why === '' ? '' : `: ${oneLine(why, 200)}`}`,
      {
        evidence: [
          ...sick.slice(0, 6).map((pod) => {
            const message = conditionOf(pod, 'Ready')?.message;
            return `pod ${pod.metadata.name}: ${message === undefined || message === '' ? 'not ready' : oneLine(message, 200)}`;
          }),
          ...reasons.slice(0, 3),
        ],
        next: [kubectl(place(first), 'describe', 'pod', inCommand(first.metadata.name, 'POD'))],
      },
      // Readiness keeps a Service away, and nobody who asks the pod itself.
      behind.isService,
    ),
  ];
};
