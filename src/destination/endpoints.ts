/** What stands behind the destination: the addresses that a Service leads to, or a pod's own. Pure. */
import type { Destination } from '../model/destination.ts';
import type { Evidence } from '../model/evidence.ts';
import type { EndpointSlice, Pod } from '../model/kubernetes.ts';
import { type DestinationPort, type Protocol, protocolOf } from './ports.ts';
import { serviceNameOf } from './service-name.ts';

export interface Endpoint {
  readonly address: string;
  /** Gets traffic. In a slice, `ready` left out or null means ready. */
  readonly ready: boolean;
  readonly node: string | undefined;
  /** The pod behind it: in the Service's own namespace, unless told. */
  readonly pod: string | undefined;
  readonly namespace: string | undefined;
  /** Its name below that of a headless Service. */
  readonly hostname?: string | undefined;
  /** The slice's ports: what a port of the Service (by its name, empty where it has none) leads to. */
  readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: Protocol }[];
}

const ofSlice = (slice: EndpointSlice): readonly Endpoint[] => {
  const ports = (slice.ports ?? []).flatMap(({ name, port, protocol }) =>
    port === undefined || port === null
      ? []
      : [
          {
            name: name ?? '',
            number: port,
            protocol: protocolOf(protocol ?? undefined),
          },
        ],
  );
  return (slice.endpoints ?? []).flatMap(({ addresses, conditions, nodeName, targetRef, hostname }) =>
    // Consumers read the first address; the others are the same endpoint.
    addresses.slice(0, 1).map((address) => ({
      address,
      ready: conditions?.ready !== false,
      node: nodeName ?? undefined,
      pod: targetRef?.kind === undefined || targetRef.kind === 'Pod' ? targetRef?.name : undefined,
      namespace: targetRef?.namespace,
      hostname: hostname ?? undefined,
      ports,
    })),
  );
};

/** One Service can have several slices, of both families and of different ports; an address stands once, with all its ports. */
export const endpointsOf = (slices: readonly EndpointSlice[]): readonly Endpoint[] => {
  const byAddress = new Map<string, Endpoint>();
  for (const endpoint of slices.flatMap(ofSlice)) {
    const same = byAddress.get(endpoint.address);
    byAddress.set(
      endpoint.address,
      same === undefined
        ? endpoint
        : { ...same, ready: same.ready || endpoint.ready, ports: [...same.ports, ...endpoint.ports] },
    );
  }
  return [...byAddress.values()];
};

const ofPod = (pod: Pod): readonly Endpoint[] =>
  (pod.status.podIPs?.map(({ ip }) => ip) ?? (pod.status.podIP === undefined ? [] : [pod.status.podIP])).map(
    (address) => ({
      address,
      ready:
        pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true,
      node: pod.spec.nodeName,
      pod: pod.metadata.name,
      namespace: pod.metadata.namespace,
      ports: [],
    }),
  );

/** Of one pod of a headless Service, its name there: `web-0` of `web-0.web.shop.svc.cluster.local`. */
export const hostnameAsked = ({ host }: Pick<Destination, 'host'>): string | undefined =>
  host === undefined ? undefined : serviceNameOf(host, '')?.hostname;

/** undefined: not known. Empty: a Service that has none. Where one pod of it was asked for by its name, that one alone. */
export const destinationEndpoints = (
  { kind, host }: Pick<Destination, 'kind' | 'host'>,
  {
    destinationEndpointSlices: slices,
    destinationPods: pods,
  }: Pick<Evidence, 'destinationEndpointSlices' | 'destinationPods'>,
): readonly Endpoint[] | undefined => {
  if (kind === 'pod') return pods.state === 'known' ? pods.value.flatMap(ofPod) : undefined;
  const hostname = hostnameAsked({ host });
  if (slices.state !== 'known') return undefined;
  const all = endpointsOf(slices.value);
  return hostname === undefined ? all : all.filter((endpoint) => endpoint.hostname === hostname);
};

/** Where a port leads to at this endpoint; undefined where its slice does not say: a named port that no container has. */
export const portAt = (
  { ports }: Endpoint,
  wanted: Pick<DestinationPort, 'name' | 'number' | 'protocol'>,
  kind: Destination['kind'],
): number | undefined => {
  if (kind === 'pod') return wanted.number;
  return ports.find(({ name, protocol }) => name === (wanted.name ?? '') && protocol === wanted.protocol)
    ?.number;
};

/**
 * At most `most`, ready ones first, and spread over nodes and families: a fault of one node then shows beside what works on the others.
 */
export const spread = (endpoints: readonly Endpoint[], most: number): readonly Endpoint[] => {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of ready.length > 0 ? ready : endpoints) {
    // Of two families each is a way of its own.
    const node = `${endpoint.node ?? ''} ${endpoint.address.includes(':') ? 'ipv6' : 'ipv4'}`;
    groups.set(node, [...(groups.get(node) ?? []), endpoint]);
  }
  const chosen: Endpoint[] = [];
  for (let round = 0; chosen.length < most; round += 1) {
    const layer = [...groups.values()].flatMap((group) => group.slice(round, round + 1));
    if (layer.length === 0) break;
    chosen.push(...layer);
  }
  return chosen.slice(0, most);
};
