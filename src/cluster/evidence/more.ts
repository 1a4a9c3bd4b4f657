/** The third look: what may explain a failure, asked only where there is one. */
import * as z from 'zod/mini';
import { serviceNameOf } from '../../destination/service-name.ts';
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
  type Workload,
  workloadSchema,
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

/** OpenShift keeps its Corefile beside its DNS; kubeadm's was read at first. */
const corefile = async ({ client, evidence }: Place) => {
  const { dnsService } = evidence;
  const elsewhere = dnsService.state === 'known' && dnsService.value.metadata.namespace === 'openshift-dns';
  return elsewhere
    ? get(client, RESOURCES.configmaps, 'openshift-dns', 'dns-default', configMapSchema)
    : evidence.corefile;
};

/** Of a host, the Service that its name would be of. */
const serviceWanted = ({ target, destination }: Place) =>
  destination?.kind === 'host' ? serviceNameOf(destination.host ?? '', target.namespace) : destination;

const services = async (place: Place): Promise<Known<Service[]>> => {
  const namespace = serviceWanted(place)?.namespace;
  return namespace === undefined
    ? NOT_ASKED
    : list(place.client, RESOURCES.services, namespace, items(serviceSchema));
};

const servicesElsewhere = async (place: Place): Promise<Known<Service[]>> => {
  const name = serviceWanted(place)?.name;
  return name === undefined
    ? NOT_ASKED
    : list(place.client, RESOURCES.services, undefined, items(serviceSchema), {
        fieldSelector: `metadata.name=${name}`,
      });
};

/** A list does not say of each item what it is. */
const itemsOf = (kind: Workload['kind']) =>
  z.pipe(
    z.object({ items: z.array(z.omit(workloadSchema, { kind: true })) }),
    z.transform((all): Workload[] => all.items.map((item) => ({ kind, ...item }))),
  );

const workloads = async ({ client, destination }: Place): Promise<Known<Workload[]>> => {
  const namespace = destination?.namespace;
  if (namespace === undefined) return NOT_ASKED;
  const [deployments, statefulSets] = await Promise.all([
    list(client, RESOURCES.deployments, namespace, itemsOf('Deployment')),
    list(client, RESOURCES.statefulsets, namespace, itemsOf('StatefulSet')),
  ]);
  if (deployments.state !== 'known') return deployments;
  if (statefulSets.state !== 'known') return statefulSets;
  return { state: 'known', value: [...deployments.value, ...statefulSets.value] };
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
  servicesElsewhere,
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
  destinationWorkloads: workloads,
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
