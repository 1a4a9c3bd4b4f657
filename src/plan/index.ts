/** What is asked of the pod, worked out from what is known of it. Pure: the same evidence gives the same plan. */
import type { Evidence } from '../model/evidence.ts';
import type { InternetTargets } from '../model/options.ts';
import { isAskId } from '../model/probe.ts';
import { familiesOf } from './addresses.ts';
import { appProxy } from './app-proxy.ts';
import { internet } from './internet.ts';
import { kubernetesApi } from './kubernetes-api.ts';
import { clusterNames, nameservers, reverseName } from './names.ts';
import type { Planned } from './planned.ts';
import { gateway, node, podItself } from './pod.ts';
import { type Selection, selected } from './selection.ts';

export { INTERNET_ADDRESSES, INTERNET_NAMES } from './internet.ts';

/** The suite for one pod; each ask has an id of its own, and their order does not matter. */
export const plan = (
  evidence: Pick<Evidence, 'pod' | 'apiService' | 'dnsService'>,
  targets: InternetTargets,
  selection: Selection = {},
): readonly Planned[] => {
  const asks = [
    ...podItself,
    gateway,
    ...clusterNames,
    ...nameservers(evidence),
    ...reverseName(evidence),
    ...kubernetesApi(evidence),
    ...node(evidence),
    ...internet(targets, familiesOf(evidence)),
    ...appProxy(evidence, targets),
  ].filter(selected(selection));
  // A target that was named twice is asked once.
  return [...new Map(asks.map((ask) => [ask.id, ask])).values()].map(withShortId);
};

/** An id tells what is asked, unless that is too long, or written in letters that the runner's records do not carry. */
const withShortId = (ask: Planned, index: number): Planned =>
  isAskId(ask.id) ? ask : { ...ask, id: `${ask.probe}/${ask.purpose}/${index}` };
