/** Pods behind the destination that crash, or run and are not ready: which, why, and whether what was asked breaks by it. */
import type { Pod } from '../../model/kubernetes.ts';
import type { FindingDraft } from '../../model/rule.ts';
import { conditionOf, eventMessages, isReady, podTroubles } from '../pods.ts';
import { inCommand, kubectl, listedShort, oneLine, unique } from '../wording.ts';
import { crashing, crashLine, endText } from './crash-text.ts';
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

export const crashingPods = (input: SickInput): readonly FindingDraft[] => {
  const behind = behindOf(input);
  const sick = behind?.pods.filter((pod) => crashing(pod).length > 0).filter(isTrouble(behind)) ?? [];
  const [first] = sick;
  const [worst] = first === undefined ? [] : crashing(first);
  if (behind === undefined || first === undefined || worst === undefined) return [];
  const ends = unique(
    sick.flatMap((pod) => crashing(pod).map((one) => `container ${one.name} ${endText(one)}`)),
  );
  const events = eventsOfPods(input.maybe.destinationEvents, sick);
  const name = inCommand(first.metadata.name, 'POD');
  return [
    draftOf(behind, sick, `${whoText(behind, sick)} ${crashes(sick)}: ${listedShort(ends)}`, {
      evidence: [
        ...sick.slice(0, 6).flatMap((pod) => crashing(pod).map((status) => crashLine(pod, status))),
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
    }),
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
        crashing(pod).length === 0,
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
