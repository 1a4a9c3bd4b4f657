import type { Event, Workload } from '../../model/kubernetes.ts';
import { defineRule } from '../../model/rule.ts';
import { nearLabels } from '../destination/pods/near-labels.ts';
import {
  BEHIND_EVIDENCE,
  BEHIND_PROBES,
  frontOf,
  isAlive,
  serviceBehind,
} from '../destination/service/service-behind.ts';
import { patchSelector, selectorText } from '../destination/service/service-patch.ts';
import { NO_NAME, NOTHING_BEHIND } from '../destination/symptoms.ts';
import { eventMessages } from '../pods.ts';
import { counted, inCommand, kubectl, listedShort } from '../wording.ts';

/** A Service without a selector selects nothing by design. Silent where it works all the same: the API is behind. */
export default defineRule({
  id: 'selector-matches-nothing',
  code: 'NC4002',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationPods'],
  uses: [...BEHIND_EVIDENCE, 'destinationNeighbours', 'destinationWorkloads', 'destinationEvents'],
  probes: BEHIND_PROBES,
  evaluate: ({ destination, internetMode, evidence: { destinationPods }, maybe, observations }) => {
    const behind = serviceBehind(destination, maybe);
    const front = frontOf(observations, internetMode);
    if (behind === undefined || !behind.selects || front === 'works') return [];
    if (destinationPods.some(isAlive) || (behind.ready ?? []).length > 0) return [];
    if (behind.ready === undefined && front !== 'fails') return [];
    const { service, namespace, text } = behind;
    const selector = service.spec.selector ?? {};
    const neighbours = maybe.destinationNeighbours;
    const pods = neighbours.state === 'known' ? neighbours.value.filter(isAlive) : [];
    const near = nearLabels(selector, pods, behind.name);
    const makers =
      maybe.destinationWorkloads.state === 'known'
        ? maybe.destinationWorkloads.value.filter((one) => makes(one, selector))
        : [];
    const events = maybe.destinationEvents.state === 'known' ? maybe.destinationEvents.value : [];
    const [only, ...others] = near;
    const [maker] = makers;
    return [
      {
        confidence: 'certain',
        summary:
          maker === undefined
            ? `${text} selects ${selectorText(selector)}, and no pod of namespace ${namespace} carries that`
            : `${text} has no pods: ${nameOf(maker)}, whose pods it selects, ${maker.spec.replicas === 0 ? 'is scaled to 0' : `is to have ${maker.spec.replicas ?? 1}, and has none`}`,
        evidence: [
          ...(maker === undefined
            ? near.flatMap(({ differences, pods: names }) =>
                differences.map((one) => `${counted(names.length, 'pod')} (${listedShort(names)}): ${one}`),
              )
            : [`no pod carries ${selectorText(selector)}`]),
          ...makers.flatMap((one) => [
            `${nameOf(one)} makes such pods: replicas ${one.spec.replicas ?? 1}`,
            ...eventMessages(eventsOf(one, events), 'FailedCreate').slice(0, 1),
          ]),
          ...(makers.length === 0 && near.length === 0 && neighbours.state === 'known'
            ? [`none of the ${counted(pods.length, 'pod')} of the namespace has labels that come near`]
            : []),
          ...(neighbours.state === 'forbidden' ? ['not permitted to list the pods of the namespace'] : []),
        ],
        explains: [...NOTHING_BEHIND, ...(behind.headless ? [NO_NAME] : [])],
        next:
          maker === undefined
            ? [
                kubectl(namespace, 'get', 'pods', '--show-labels'),
                kubectl(namespace, 'describe', 'service', inCommand(behind.name, 'SERVICE')),
              ]
            : [
                kubectl(
                  namespace,
                  'describe',
                  maker.kind.toLowerCase(),
                  inCommand(maker.metadata.name, 'NAME'),
                ),
                kubectl(namespace, 'get', 'events', '--field-selector', 'reason=FailedCreate'),
              ],
        mend:
          maker !== undefined
            ? scaleUp(maker, namespace)
            : only !== undefined && others.length === 0
              ? patchSelector(service, only.patch)
              : undefined,
      },
    ];
  },
});

const nameOf = ({ kind, metadata }: Workload): string =>
  `${kind === 'Deployment' ? 'deploy' : 'sts'}/${metadata.name}`;

const makes = ({ spec }: Workload, selector: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => spec.template.metadata?.labels?.[key] === value);

/** A Deployment's own, and those of its ReplicaSets, whose names begin with its name. */
const eventsOf = ({ metadata: { name } }: Workload, events: readonly Event[]): readonly Event[] =>
  events.filter(({ involvedObject }) => {
    const about = involvedObject?.name ?? '';
    return about === name || about.startsWith(`${name}-`);
  });

const scaleUp = ({ kind, metadata, spec }: Workload, namespace: string): string | undefined =>
  spec.replicas === 0
    ? kubectl(namespace, 'scale', kind.toLowerCase(), inCommand(metadata.name, 'NAME'), '--replicas=1')
    : undefined;
