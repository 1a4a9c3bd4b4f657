/** The destination's Service has nothing ready behind it, although it selects pods, or needs to select none. */

import type { FindingDraft } from '../../../model/rule.ts';
import { eventMessages, isReady, whyNotReady } from '../../pods.ts';
import { counted, inCommand, kubectl } from '../../wording.ts';
import { frontOf, type ServiceBehind, serviceBehind } from '../service/service-behind.ts';
import { selectorInCommand } from '../service/service-patch.ts';
import { NO_NAME, NOTHING_BEHIND } from '../symptoms.ts';
import { eventsOfPods, type SickInput } from './pods-behind.ts';

const whyNone = ({ selects, pods, endpoints, hostname }: ServiceBehind): string => {
  if (hostname !== undefined && endpoints?.length === 0 && pods?.length === 0)
    return ` of the hostname ${hostname}: no pod of it has that name`;
  if (!selects)
    return endpoints?.length === 0
      ? ': it has no selector, and no EndpointSlice lists an address for it'
      : ': it has no selector, and no address that its EndpointSlices list is ready';
  if (pods === undefined) return '';
  return pods.length === 1
    ? ': the one pod that it selects is not ready'
    : `: it selects ${pods.length} pods, and none is ready`;
};

/** Where the slices could not be read, pods that are all not ready tell it, once the connection fails. */
const isEmpty = ({ ready, pods }: ServiceBehind, fails: boolean): boolean =>
  ready === undefined ? fails && pods !== undefined && !pods.some(isReady) : ready.length === 0;

export const withoutReadyEndpoint = (input: SickInput): readonly FindingDraft[] => {
  const { destination, internetMode, maybe, observations } = input;
  const behind = serviceBehind(destination, maybe);
  const front = frontOf(observations, internetMode);
  if (behind === undefined || front === 'works' || !isEmpty(behind, front === 'fails')) return [];
  const { service, text, name, namespace, endpoints, selects, pods = [] } = behind;
  // That no pod carries its labels has a code of its own.
  if (selects && behind.pods?.length === 0 && behind.hostname === undefined) return [];
  const label = selectorInCommand(service);
  return [
    {
      about: 'destination',
      confidence: endpoints === undefined ? 'likely' : 'certain',
      summary: `${text} has no ready endpoint${whyNone(behind)}`,
      evidence: [
        ...(endpoints === undefined
          ? ['its EndpointSlices could not be read']
          : endpoints.length === 0
            ? []
            : [`its EndpointSlices list ${counted(endpoints.length, 'address', 'addresses')}, none ready`]),
        ...pods.slice(0, 6).map((pod) => `pod ${pod.metadata.name}: ${whyNotReady(pod)}`),
        ...eventMessages(eventsOfPods(maybe.destinationEvents, pods), 'Unhealthy', 'Readiness').slice(0, 3),
      ],
      explains: [...NOTHING_BEHIND, ...(behind.headless ? [NO_NAME] : [])],
      next: [
        ...(label === undefined ? [] : [kubectl(namespace, 'get', 'pods', '-l', label, '-o', 'wide')]),
        kubectl(
          namespace,
          'get',
          'endpointslices',
          '-l',
          `kubernetes.io/service-name=${inCommand(name, 'SERVICE')}`,
        ),
      ],
    },
  ];
};
