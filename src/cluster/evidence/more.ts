/** The third look: what may explain a failure, asked only where there is one. */
import * as z from 'zod/mini';
import type { Target } from '../../model/case.ts';
import type { Destination } from '../../model/destination.ts';
import type { Evidence, Known, MoreKey } from '../../model/evidence.ts';
import {
  configMapSchema,
  daemonSetSchema,
  eventSchema,
  type Node,
  nodeSchema,
  type Service,
  serviceSchema,
} from '../../model/kubernetes.ts';
import { type Client, know } from '../client.ts';
import { RESOURCES } from '../paths.ts';
import { get, items, list, NOT_ASKED, podList } from './ask.ts';

interface Place {
  readonly client: Client;
  readonly target: Target;
  readonly destination: Destination | undefined;
  readonly evidence: Evidence;
}

/** Enough to find what was meant; a namespace can hold thousands. */
const MOST_PODS = '500';
const MOST_NODES = 10;

/** kubeadm's name; OpenShift keeps its Corefile elsewhere. */
const COREFILES = [
  { namespace: 'kube-system', name: 'coredns' },
  { namespace: 'openshift-dns', name: 'dns-default' },
] as const;

const corefile = async ({ client, evidence: { dnsService } }: Place) => {
  const namespace = dnsService.state === 'known' ? dnsService.value.metadata.namespace : undefined;
  const place = COREFILES.find((one) => one.namespace === namespace) ?? COREFILES[0];
  return get(client, RESOURCES.configmaps, place.namespace, place.name, configMapSchema);
};

/** Those of its namespace, and of its name elsewhere, where that may be looked for. */
const services = async ({ client, destination }: Place): Promise<Known<Service[]>> => {
  const { namespace, name } = destination ?? {};
  if (namespace === undefined || name === undefined) return NOT_ASKED;
  const schema = items(serviceSchema);
  const [here, elsewhere] = await Promise.all([
    list(client, RESOURCES.services, namespace, schema),
    list(client, RESOURCES.services, undefined, schema, { fieldSelector: `metadata.name=${name}` }),
  ]);
  if (elsewhere.state !== 'known') return here;
  if (here.state !== 'known') return elsewhere;
  return {
    state: 'known',
    value: [...here.value, ...elsewhere.value.filter(({ metadata }) => metadata.namespace !== namespace)],
  };
};

const nodes = async ({ client, evidence: { destinationPods: pods } }: Place): Promise<Known<Node[]>> => {
  if (pods.state !== 'known') return NOT_ASKED;
  const names = [...new Set(pods.value.flatMap(({ spec }) => spec.nodeName ?? []))].slice(0, MOST_NODES);
  const read = await Promise.all(
    names.map((name) => get(client, RESOURCES.nodes, undefined, name, nodeSchema)),
  );
  const missing = read.find(({ state }) => state === 'forbidden' || state === 'failed');
  if (missing !== undefined && missing.state !== 'known') return missing;
  return { state: 'known', value: read.flatMap((one) => (one.state === 'known' ? [one.value] : [])) };
};

/** Where network plugins are installed. */
const PLUGIN_NAMESPACES = ['kube-system', 'kube-flannel', 'calico-system'] as const;

const networkDaemonSets = async ({ client }: Place) => {
  const [main, ...others] = await Promise.all(
    PLUGIN_NAMESPACES.map((namespace) =>
      list(client, RESOURCES.daemonsets, namespace, items(daemonSetSchema)),
    ),
  );
  if (main === undefined || main.state !== 'known') return main ?? NOT_ASKED;
  return {
    state: 'known' as const,
    value: [...main.value, ...others.flatMap((other) => (other.state === 'known' ? other.value : []))],
  };
};

const apiGroupsSchema = z.pipe(
  z.object({ groups: z.array(z.object({ name: z.string() })) }),
  z.transform(({ groups }) => groups.map(({ name }) => name)),
);

/** Everybody who is logged in may read what the server offers. */
const apiGroups = ({ client }: Place) =>
  know(client, '/apis', {}, apiGroupsSchema, { verb: 'get', group: '', resource: '/apis' });

const inDestination = <T>(
  { destination }: Place,
  ask: (namespace: string) => Promise<Known<T>>,
): Promise<Known<T>> =>
  destination?.namespace === undefined ? Promise.resolve(NOT_ASKED) : ask(destination.namespace);

const LOOKS: { readonly [K in MoreKey]: (place: Place) => Promise<Evidence[K]> } = {
  corefile,
  services,
  destinationNodes: nodes,
  networkDaemonSets,
  apiGroups,
  destinationEvents: (place) =>
    inDestination(place, (namespace) =>
      list(place.client, RESOURCES.events, namespace, items(eventSchema), { limit: MOST_PODS }),
    ),
  destinationNeighbours: (place) =>
    inDestination(place, (namespace) =>
      list(place.client, RESOURCES.pods, namespace, podList, { limit: MOST_PODS }),
    ),
  kubeProxyPods: ({ client }) =>
    list(client, RESOURCES.pods, 'kube-system', podList, { labelSelector: 'k8s-app=kube-proxy' }),
};

export const gatherMore = async (
  client: Client,
  target: Target,
  destination: Destination | undefined,
  evidence: Evidence,
  wanted: readonly MoreKey[],
): Promise<Partial<Evidence>> => {
  const place = { client, target, destination, evidence };
  const found = await Promise.all(wanted.map(async (key) => [key, await LOOKS[key](place)] as const));
  return Object.fromEntries(found);
};
