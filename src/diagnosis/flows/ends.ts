/** The far ends of what is asked: which pod an address is, and in which namespace, as far as may be looked. */
import { destinationEndpoints, type Endpoint, portAt } from '../../destination/endpoints.ts';
import { destinationPorts } from '../../destination/ports.ts';
import type { Destination } from '../../model/destination.ts';
import type { Evidence, Known } from '../../model/evidence.ts';
import type { Namespace, Pod } from '../../model/kubernetes.ts';
import { isPublicAddress } from '../destination/way/public.ts';
import { podEnd } from '../policy/ends.ts';
import type { End, Labels } from '../policy/flow.ts';

export const labelsOf = (namespace: Known<Namespace>): Labels | undefined =>
  namespace.state === 'known' ? (namespace.value.metadata.labels ?? {}) : undefined;

/** A pod of which the slice tells the name, and nothing more could be read. */
const unreadPod = (
  { pod, namespace, address, node }: Endpoint,
  place: string,
  labels: Labels | undefined,
): End => ({
  kind: 'pod',
  namespace: namespace ?? place,
  name: pod,
  labels: undefined,
  namespaceLabels: labels,
  ips: [address],
  address,
  hostNetwork: false,
  nodeName: node,
  containerPorts: undefined,
});

/** An address in a slice that somebody wrote by hand, or that lists a node: no pod is named for it. */
const endAt = (endpoint: Endpoint, pods: readonly Pod[], place: string, labels: Labels | undefined): End => {
  const { address, pod: name } = endpoint;
  const pod = pods.find(({ metadata }) => metadata.name === name);
  if (pod !== undefined) return podEnd(pod, labels, address);
  return name === undefined
    ? { kind: 'unidentified', ip: address, why: 'no pod is named for it in the EndpointSlice' }
    : unreadPod(endpoint, place, labels);
};

export interface FarEnd {
  readonly end: End;
  readonly address: string;
  /** Where the pod listens, after DNAT. */
  readonly port: number;
  readonly protocol: string;
  readonly text: string;
}

const textOf = (address: string, pod: string | undefined, port: number, protocol: string): string =>
  `${pod === undefined ? address : `pod/${pod} (${address})`} on ${port}/${protocol}`;

/** `resolved`: the addresses that the destination's name led to. */
export const destinationEnds = (
  destination: Destination,
  evidence: Pick<
    Evidence,
    'destinationService' | 'destinationEndpointSlices' | 'destinationPods' | 'destinationNamespace'
  >,
  resolved: readonly string[],
): readonly FarEnd[] => {
  const ports = destinationPorts(destination, evidence);
  const place = destination.namespace ?? 'default';
  const labels = labelsOf(evidence.destinationNamespace);
  // Its controller stands in between: who that is let in by is its own matter.
  if (destination.kind === 'ingress') return [];
  if (destination.kind === 'host' || destination.kind === 'address') {
    const addresses = destination.address === undefined ? resolved : [destination.address];
    return addresses.flatMap((address) =>
      ports.map(({ number, protocol }) => ({
        // Whether an address that was named is a pod's could be asked only where that may be looked up.
        end:
          destination.kind === 'address'
            ? { kind: 'unidentified' as const, ip: address, why: 'no pod of this address could be found' }
            : isPublicAddress(address)
              ? { kind: 'outside' as const, ip: address }
              : { kind: 'unidentified' as const, ip: address, why: 'it may be an address of this cluster' },
        address,
        port: number,
        protocol,
        text: textOf(address, undefined, number, protocol),
      })),
    );
  }
  const pods = evidence.destinationPods.state === 'known' ? evidence.destinationPods.value : [];
  return (destinationEndpoints(destination, evidence) ?? [])
    .filter(({ ready }) => ready || destination.kind === 'pod')
    .flatMap((endpoint) =>
      ports.flatMap((wanted) => {
        const port = portAt(endpoint, wanted, destination.kind);
        if (port === undefined) return [];
        const { address, pod } = endpoint;
        const { protocol } = wanted;
        return [
          {
            end: endAt(endpoint, pods, place, labels),
            address,
            port,
            protocol,
            text: textOf(address, pod, port, protocol),
          },
        ];
      }),
    );
};

/** The pods of cluster DNS, on the ports that they listen on. */
export const dnsEnds = (
  evidence: Pick<Evidence, 'dnsService' | 'dnsEndpointSlices' | 'dnsPods' | 'dnsNamespace'>,
): readonly FarEnd[] => {
  const { dnsService, dnsEndpointSlices, dnsPods, dnsNamespace } = evidence;
  if (dnsService.state !== 'known' || dnsEndpointSlices.state !== 'known') return [];
  const place = dnsService.value.metadata.namespace ?? 'kube-system';
  const pods = dnsPods.state === 'known' ? dnsPods.value : [];
  const endpoints =
    destinationEndpoints(
      { kind: 'service' },
      { destinationEndpointSlices: dnsEndpointSlices, destinationPods: dnsPods },
    ) ?? [];
  return endpoints
    .filter(({ ready }) => ready)
    .flatMap((endpoint) =>
      endpoint.ports
        .filter(({ name }) => name.startsWith('dns'))
        .map(({ number, protocol }) => ({
          end: endAt(endpoint, pods, place, labelsOf(dnsNamespace)),
          address: endpoint.address,
          port: number,
          protocol,
          text: textOf(endpoint.address, endpoint.pod, number, protocol),
        })),
    );
};

/** The API servers: processes on nodes, or somewhere outside, which no selector of pods matches. */
export const apiEnds = ({ apiEndpointSlices }: Pick<Evidence, 'apiEndpointSlices'>): readonly FarEnd[] =>
  apiEndpointSlices.state !== 'known'
    ? []
    : (
        destinationEndpoints(
          { kind: 'service' },
          { destinationEndpointSlices: apiEndpointSlices, destinationPods: { state: 'not-asked' } },
        ) ?? []
      ).flatMap(({ address, ports }) =>
        ports.map(({ number, protocol }) => ({
          end: { kind: 'outside' as const, ip: address },
          address,
          port: number,
          protocol,
          text: textOf(address, undefined, number, protocol),
        })),
      );
