/** What is asked of the pod, worked out from what is known of it. Pure: the same evidence gives the same plan. */
import type { Destination } from '../model/destination.ts';
import type { Evidence } from '../model/evidence.ts';
import type { InternetTargets } from '../model/options.ts';
import { isAskId } from '../model/probe.ts';
import { familiesOf } from './addresses.ts';
import { appProxy, appProxyTo } from './app-proxy.ts';
import { type DestinationEvidence, toDestination } from './destination.ts';
import { internet } from './internet.ts';
import { kubernetesApi } from './kubernetes-api.ts';
import { clusterNames, nameservers, reverseName } from './names.ts';
import type { Planned } from './planned.ts';
import { gateway, node, podItself } from './pod.ts';
import { type Selection, selected } from './selection.ts';
import { upstreams } from './upstreams.ts';

export { INTERNET_ADDRESSES, INTERNET_NAMES } from './internet.ts';

/** What is known before anything was asked of the pod. */
export type PlanEvidence = Pick<Evidence, 'pod' | 'apiService' | 'dnsService'> &
  Partial<Pick<Evidence, 'corefile'>>;

/** What `--to` named, and what the cluster knows of it. */
export interface To {
  readonly destination: Destination;
  readonly evidence: Omit<DestinationEvidence, 'pod' | 'apiService'>;
}

/** The suite for one pod; each ask has an id of its own, and their order does not matter. */
export const plan = (
  evidence: PlanEvidence,
  targets: InternetTargets,
  selection: Selection = {},
  to?: To,
): readonly Planned[] => {
  const asks = [
    ...podItself,
    gateway,
    ...(to === undefined ? whatEveryPodNeeds(evidence, targets) : whatIsAskedFor(to, evidence, targets)),
  ].filter(selected(selection));
  // A target that was named twice is asked once.
  return [...new Map(asks.map((ask) => [ask.id, ask])).values()].map(withShortId);
};

const whatEveryPodNeeds = (evidence: PlanEvidence, targets: InternetTargets): readonly Planned[] => [
  ...clusterNames,
  ...nameservers(evidence),
  ...reverseName(evidence),
  ...kubernetesApi(evidence),
  ...node(evidence),
  ...internet(targets, familiesOf(evidence)),
  // They lie outside, and are asked for a name outside.
  ...(targets === 'none' ? [] : upstreamsOf(evidence)),
  ...appProxy(evidence, targets),
];

const upstreamsOf = ({ corefile = { state: 'not-asked' } }: PlanEvidence): readonly Planned[] =>
  upstreams({ corefile });

/** The destination, and of names what tells a missing one from DNS that is broken; targets outside only where the user named some. */
const whatIsAskedFor = (
  { destination, evidence: known }: To,
  evidence: PlanEvidence,
  targets: InternetTargets,
): readonly Planned[] => {
  const asked = toDestination(
    destination,
    { ...known, pod: evidence.pod, apiService: evidence.apiService },
    targets,
  );
  return [
    ...(destination.host === undefined ? [] : [...clusterNames, ...nameservers(evidence)]),
    ...asked,
    ...appProxyTo(evidence, asked),
    ...(typeof targets === 'string' ? [] : internet(targets, familiesOf(evidence))),
  ];
};

/** An id tells what is asked, unless that is too long, or written in letters that the runner's records do not carry. */
const withShortId = (ask: Planned, index: number): Planned =>
  isAskId(ask.id) ? ask : { ...ask, id: `${ask.probe}/${ask.purpose}/${index}` };
