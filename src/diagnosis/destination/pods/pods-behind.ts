/** The pods behind the destination, and what follows where some of them are sick. */
import type { InternetMode } from '../../../model/case.ts';
import type { Destination } from '../../../model/destination.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Event, Pod } from '../../../model/kubernetes.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import type { ReachSeen } from '../../reach.ts';
import { portsSeen } from '../ports/ports-seen.ts';
import { type BehindEvidence, frontOf, isAlive, serviceBehind } from '../service/service-behind.ts';
import { NO_NAME, NOTHING_BEHIND } from '../symptoms.ts';

export interface SickInput {
  readonly destination: Destination | undefined;
  readonly internetMode: InternetMode | undefined;
  /** What the times of ends are held against. */
  readonly gatheredAt: string | undefined;
  readonly maybe: BehindEvidence & Pick<Evidence, 'destinationEvents'>;
  readonly observations: ReachSeen;
}

export const eventsOfPods = (
  events: Evidence['destinationEvents'],
  pods: readonly Pod[],
): readonly Event[] =>
  events.state === 'known'
    ? events.value.filter(({ involvedObject }) =>
        pods.some(({ metadata }) => metadata.name === involvedObject?.name),
      )
    : [];

export interface Behind {
  readonly pods: readonly Pod[];
  /** Of these, what failed when it was asked. */
  readonly failing: ReadonlySet<string>;
  readonly who: string;
  readonly nothingReady: boolean;
  readonly headless: boolean;
  readonly frontFails: boolean;
  /** A Service stands in between. */
  readonly isService: boolean;
}

export const behindOf = ({
  destination,
  maybe,
  observations,
  internetMode,
}: SickInput): Behind | undefined => {
  const { destinationPods } = maybe;
  if (destination === undefined || destinationPods.state !== 'known') return undefined;
  const service = serviceBehind(destination, maybe);
  const pods = (service?.pods ?? destinationPods.value.filter(isAlive)).filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const front = frontOf(observations, internetMode);
  const failing = portsSeen(destination, observations, maybe)
    .flatMap(({ endpoints }) => endpoints)
    // What is not ready gets no traffic of a Service, and fails nobody.
    .filter(({ endpoint }) => endpoint.ready || service === undefined)
    .flatMap(({ works, endpoint }) => (works === false && endpoint.pod !== undefined ? [endpoint.pod] : []));
  return {
    pods,
    failing: new Set(failing),
    who: service === undefined || service.hostname !== undefined ? '' : service.text,
    nothingReady: service?.ready?.length === 0 && front !== 'works',
    headless: service?.headless === true,
    frontFails: front === 'fails',
    isService: service !== undefined,
  };
};

/** `2 of 5 pods of svc/web.shop`, `pod/web-0` */
export const whoText = ({ who, pods }: Behind, sick: readonly Pod[]): string => {
  if (who === '') return `pod/${sick[0]?.metadata.name ?? ''}`;
  const all = sick.length === pods.length;
  return `${all ? (sick.length === 1 ? 'The only pod' : sick.length === 2 ? 'Both pods' : `All ${sick.length} pods`) : `${sick.length} of ${pods.length} pods`} of ${who}`;
};

const isDown = ({ status }: Pod): boolean =>
  (status.containerStatuses ?? []).some(({ state }) => state?.running === undefined);

/** An error where what was asked breaks by it; a warning where others carry on. */
export const draftOf = (
  behind: Behind,
  sick: readonly Pod[],
  summary: string,
  told: Pick<FindingDraft, 'evidence' | 'next' | 'explains'>,
  /** Whether what is wrong with them shows where they are asked by themselves. */
  direct = true,
): FindingDraft => {
  const { failing, nothingReady, headless, pods } = behind;
  const frontFails = direct && behind.frontFails;
  const asked = direct && sick.some(({ metadata }) => failing.has(metadata.name));
  const breaks = nothingReady || asked || (frontFails && sick.length === pods.length);
  return {
    about: 'destination',
    severity: breaks ? 'error' : 'warning',
    confidence: nothingReady || !breaks || sick.every(isDown) ? 'certain' : 'likely',
    summary,
    ...told,
    explains: breaks
      ? [
          ...(told.explains ?? []),
          'endpoints-not-ready/destination',
          ...NOTHING_BEHIND,
          ...(nothingReady && headless ? [NO_NAME] : []),
          ...(asked || frontFails ? ['some-endpoints-broken'] : []),
        ]
      : [],
  };
};
