import { defineRule } from '../../model/rule.ts';
import {
  type EndpointAtPort,
  isFailureFate,
  type PortSeen,
  portsSeen,
} from '../destination/ports/ports-seen.ts';
import { endpointName } from '../destination/read.ts';
import { deadFronts } from '../destination/service/front-dead.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES, serviceBehind } from '../destination/service/service-behind.ts';
import { connectSymptoms, httpSymptoms, NOTHING_BEHIND } from '../destination/symptoms.ts';
import { couldBe, counted, inCommand, kubectl, listedShort, unique } from '../wording.ts';

/** Where all fail, it is no fault of some of them. An error although what was asked may have worked: every so many-th connection does not. */
export default defineRule({
  id: 'some-endpoints-broken',
  code: 'NC4007',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationEndpointSlices'],
  uses: BEHIND_EVIDENCE,
  probes: BEHIND_PROBES,
  evaluate: ({ destination, maybe, observations }) => {
    const behind = serviceBehind(destination, maybe);
    if (destination === undefined || behind === undefined) return [];
    const mixed = portsSeen(destination, observations, maybe).filter(isMixed);
    const failing = mixed.flatMap(({ endpoints }) => endpoints.filter(({ works }) => works === false));
    const [first] = failing;
    if (first === undefined) return [];
    const asked = unique(
      mixed.flatMap(({ endpoints }) =>
        endpoints.flatMap(({ works, endpoint }) => (works === undefined ? [] : endpoint.address)),
      ),
    ).length;
    const bad = [...new Map(failing.map((one) => [one.endpoint.address, one.endpoint])).values()];
    const ready = behind.ready?.length ?? 0;
    const pods = maybe.destinationPods.state === 'known' ? maybe.destinationPods.value : undefined;
    const podOf = (name: string | undefined) => pods?.find(({ metadata }) => metadata.name === name);
    // In the middle of a rollout one may go between being listed and being asked.
    const leaving = bad.every(({ pod }) => podOf(pod)?.metadata.deletionTimestamp !== undefined);
    const gone = bad.filter(({ pod }) => pod !== undefined && pods !== undefined && podOf(pod) === undefined);
    const own = [
      ...connectSymptoms(failing.flatMap(({ fate }) => (isFailureFate(fate) ? [fate] : []))),
      ...httpSymptoms(failing.flatMap(({ faults }) => faults.map(({ fault }) => fault))),
    ];
    const place = first.endpoint.namespace ?? behind.namespace;
    return [
      {
        severity: leaving ? 'warning' : 'error',
        confidence: 'certain',
        summary: leaving
          ? `${listedShort(bad.map(endpointName))} of ${behind.text} did not answer, and ${bad.length === 1 ? 'is' : 'are'} being deleted: ask again once ${bad.length === 1 ? 'it is' : 'they are'} gone`
          : `${bad.length} of ${counted(asked, 'endpoint')} of ${behind.text} ${bad.length === 1 ? 'fails' : 'fail'} when asked by ${bad.length === 1 ? 'itself' : 'themselves'}, so some connections to it do too: ${listedShort(bad.map(endpointName))}`,
        evidence: [
          ...unique(failing.map((one) => `${endpointName(one.endpoint)}: ${one.briefly}`)),
          ...gone.map((one) => `${endpointName(one)} is listed, and there is no such pod any more`),
          ...nodePattern(mixed),
          ...(ready > asked ? [`${asked} of its ${ready} ready endpoints were asked`] : []),
        ],
        explains: [
          // A connection may be led to one of them; where none gets anywhere although others answer, it is not their fault.
          ...(deadFronts(destination, maybe, observations).length > 0 ? own : NOTHING_BEHIND),
        ],
        next: bad.slice(0, 3).flatMap(({ pod }) => {
          if (pod === undefined) return [];
          const name = inCommand(pod, 'POD');
          return [
            kubectl(place, 'describe', 'pod', name),
            kubectl(place, 'logs', name, '--all-containers', '--tail=50'),
          ];
        }),
      },
    ];
  },
});

const isMixed = ({ endpoints }: PortSeen): boolean =>
  endpoints.some(({ works, endpoint }) => works === false && endpoint.ready) &&
  endpoints.some(({ works }) => works === true);

/** What fails is all that is on some nodes, and nothing of what is on others: then it is those nodes' network. */
const nodePattern = (mixed: readonly PortSeen[]): readonly string[] => {
  const all = mixed.flatMap(({ endpoints }) => endpoints);
  const nodesOf = (works: EndpointAtPort['works']): readonly string[] =>
    unique(all.flatMap((one) => (one.works === works ? (one.endpoint.node ?? []) : [])));
  const [bad, good] = [nodesOf(false), nodesOf(true)];
  const apart = bad.length > 0 && good.length > 0 && !bad.some((node) => good.includes(node));
  return apart
    ? [
        `all that fail are on ${listedShort(bad)}, and none that answers is`,
        couldBe(`the network of ${bad.length === 1 ? 'that node' : 'those nodes'}`),
      ]
    : [];
};
