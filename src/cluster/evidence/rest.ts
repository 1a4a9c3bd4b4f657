/** The second look: nothing here is needed before the probes start, so it is read while the debug container does. */
import * as z from 'zod/mini';
import type { Target } from '../../model/case.ts';
import type { Destination } from '../../model/destination.ts';
import { type Evidence, type Known, NO_EVIDENCE } from '../../model/evidence.ts';
import {
  eventSchema,
  type NetworkPolicy,
  networkPolicySchema,
  nodeSchema,
  type Service,
} from '../../model/kubernetes.ts';
import type { Client } from '../client.ts';
import { RESOURCES } from '../paths.ts';
import { get, items, list, NOT_ASKED, namespaceOf, podsOf, readNamespace, slicesOf } from './ask.ts';
import type { DestinationEvidence } from './destination.ts';
import type { FirstEvidence } from './first.ts';

const podNamesSchema = z.pipe(
  z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) }),
  z.transform((list) => list.items.map((pod) => pod.metadata.name)),
);

/** A Service's slices and pods. */
const behind = async (client: Client, service: Known<Service>) => {
  if (service.state !== 'known') return [NOT_ASKED, NOT_ASKED] as const;
  const { name } = service.value.metadata;
  return Promise.all([
    slicesOf(client, { namespace: namespaceOf(service.value), name }),
    podsOf(client, service.value),
  ]);
};

const isThere = (policies: Known<readonly NetworkPolicy[]>): boolean =>
  policies.state === 'known' && policies.value.length > 0;

/** Labels of namespaces are looked at by policies alone: where there are none, nothing is asked. */
const namespacesFor = async (
  client: Client,
  policies: readonly Known<readonly NetworkPolicy[]>[],
  names: readonly (string | undefined)[],
) =>
  policies.some(isThere)
    ? Promise.all(names.map((name) => readNamespace(client, name)))
    : names.map(() => NOT_ASKED);

const policiesIn = (client: Client, namespace: string) =>
  list(client, RESOURCES.networkpolicies, namespace, items(networkPolicySchema));

export interface Seen extends FirstEvidence, DestinationEvidence {}

/** Policies of both ends, and of their namespaces' labels what these look at. */
const policies = async (
  client: Client,
  target: Target,
  { dnsService }: Seen,
  destination: Destination | undefined,
) => {
  const own = target.namespace;
  const other = destination?.namespace;
  const [networkPolicies, destinationPolicies] = await Promise.all([
    policiesIn(client, own),
    other === undefined || other === own ? NOT_ASKED : policiesIn(client, other),
  ]);
  const dns = dnsService.state === 'known' ? namespaceOf(dnsService.value) : undefined;
  const [namespace = NOT_ASKED, dnsNamespace = NOT_ASKED, destinationNamespace = NOT_ASKED] =
    await namespacesFor(
      client,
      [networkPolicies, destinationPolicies],
      [own, dns, other === own ? undefined : other],
    );
  return {
    networkPolicies,
    // The same namespace is read once.
    destinationPolicies: other === own ? networkPolicies : destinationPolicies,
    namespace,
    dnsNamespace,
    destinationNamespace: other === own ? namespace : destinationNamespace,
  };
};

/** Where the pod is not there its namespace may not be, either. */
const whereNoPodIs = async (client: Client, target: Target) => {
  const [podNames, namespace] = await Promise.all([
    list(client, RESOURCES.pods, target.namespace, podNamesSchema),
    readNamespace(client, target.namespace),
  ]);
  return { podNames, namespace };
};

export const gatherRest = async (
  client: Client,
  target: Target,
  seen: Seen,
  destination: Destination | undefined,
): Promise<Evidence> => {
  const pod = seen.pod.state === 'known' ? seen.pod.value : undefined;
  const nodeName = pod?.spec.nodeName;
  const { destinationService: service } = seen;
  const [
    [dnsEndpointSlices, dnsPods],
    apiEndpointSlices,
    absent,
    podEvents,
    node,
    ofPolicies,
    destinationPods,
  ] = await Promise.all([
    behind(client, seen.dnsService),
    slicesOf(client, { namespace: 'default', name: 'kubernetes' }),
    seen.pod.state === 'absent' ? whereNoPodIs(client, target) : {},
    pod === undefined
      ? NOT_ASKED
      : list(client, RESOURCES.events, target.namespace, items(eventSchema), {
          fieldSelector: `involvedObject.name=${target.pod}`,
        }),
    nodeName === undefined ? NOT_ASKED : get(client, RESOURCES.nodes, undefined, nodeName, nodeSchema),
    pod === undefined ? {} : policies(client, target, seen, destination),
    seen.destinationPods.state === 'not-asked' && service.state === 'known'
      ? podsOf(client, service.value)
      : seen.destinationPods,
  ]);
  return {
    ...NO_EVIDENCE,
    ...seen,
    dnsEndpointSlices,
    dnsPods,
    apiEndpointSlices,
    podEvents,
    node,
    destinationPods,
    ...ofPolicies,
    ...absent,
  };
};
