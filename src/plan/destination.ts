/** Whether the pod reaches what `--to` named: by its name, at the Service's address, and at each endpoint by itself. */
import {
  destinationEndpoints,
  type Endpoint,
  hostnameAsked,
  portAt,
  spread,
} from '../destination/endpoints.ts';
import { hostsEntry } from '../destination/hosts-file.ts';
import { ingressFronts } from '../destination/ingress.ts';
import { type DestinationPort, destinationPorts, MOST_PORTS } from '../destination/ports.ts';
import type { Destination } from '../model/destination.ts';
import type { Evidence } from '../model/evidence.ts';
import type { InternetTargets } from '../model/options.ts';
import type { Purpose } from '../model/probe.ts';
import { familiesOf, inUrl, isAddress, isIpv6 } from './addresses.ts';
import { INTERNET_ADDRESSES } from './internet.ts';
import { apiAddress } from './kubernetes-api.ts';
import { API_NAME, lookup } from './names.ts';
import type { Planned } from './planned.ts';

/** Endpoints that are asked one by one, for each port; of a Service with more, these are spread over its nodes. */
export const MOST_ENDPOINTS = 10;
/** At endpoints, over all ports: the runner carries so many asks, and no more. */
const MOST_ENDPOINT_ASKS = 100;

export type DestinationEvidence = Pick<
  Evidence,
  | 'pod'
  | 'apiService'
  | 'destinationService'
  | 'destinationEndpointSlices'
  | 'destinationPods'
  | 'destinationIngress'
>;

const hostPort = (host: string, port: number): string => `${inUrl(host)}:${port}`;

/** The Service's own addresses, or what stands in their place: a headless Service and an ExternalName have their name alone. */
const frontAddresses = (destination: Destination, evidence: DestinationEvidence): readonly string[] => {
  if (destination.address !== undefined) return [destination.address];
  if (destination.kind === 'pod')
    return (destinationEndpoints(destination, evidence) ?? []).map(({ address }) => address);
  if (destination.kind === 'ingress') {
    const { destinationIngress: ingress } = evidence;
    return ingress.state === 'known' ? ingressFronts(ingress.value).slice(0, 2) : [];
  }
  const service =
    evidence.destinationService.state === 'known' ? evidence.destinationService.value : undefined;
  const { clusterIPs, clusterIP, type } = service?.spec ?? {};
  const own =
    type === 'ExternalName'
      ? []
      : (clusterIPs ?? [clusterIP ?? '']).filter((ip) => ip !== '' && ip !== 'None');
  const { host } = destination;
  if (host === undefined) return own;
  // Apps that go by the pod's hosts file end up elsewhere than at the Service's address.
  return own.length === 0 ? [host] : hostsEntry(host, evidence) === undefined ? own : [...own, host];
};

const names = ({ kind, host, name, namespace }: Destination): readonly Planned[] => {
  if (host === undefined || isAddress(host)) return [];
  const hostname = hostnameAsked({ host });
  const absolute =
    kind === 'service'
      ? `${hostname === undefined ? '' : `${hostname}.`}${name ?? ''}.${namespace ?? ''}.svc.cluster.local.`
      : `${host.replace(/\.+$/, '')}.`;
  // A name of the world is one wherever it is asked for.
  const purpose = kind === 'service' ? 'destination-name' : 'external-name';
  return [...new Set([host, absolute])].map((written) => lookup(written, purpose));
};

/** One way to ask one port of one address. */
const overPort = (
  id: string,
  purpose: Purpose,
  host: string,
  number: number,
  { protocol }: DestinationPort,
): readonly Planned[] => {
  switch (protocol) {
    case 'TCP':
      return [{ id: `tcp-connect/${id}`, probe: 'tcp-connect', purpose, question: { host, port: number } }];
    case 'UDP':
      // A name server has to answer; of others silence proves nothing.
      return number === 53 && isAddress(host)
        ? [
            {
              id: `dns-query/${id}`,
              probe: 'dns-query',
              purpose,
              question: { name: API_NAME, type: 'A', server: host },
            },
          ]
        : [{ id: `udp-exchange/${id}`, probe: 'udp-exchange', purpose, question: { host, port: number } }];
    case 'SCTP':
      return [];
  }
};

const urlFor = (
  destination: Destination,
  host: string,
  { number, speaks }: DestinationPort,
): string | undefined => {
  if (speaks === undefined) return undefined;
  if (destination.url !== undefined) return new URL(destination.url).href;
  const usual = number === (speaks === 'https' ? 443 : 80);
  return `${speaks}://${inUrl(host)}${usual ? '' : `:${number}`}/`;
};

type HttpAsk = Extract<Planned, { readonly probe: 'http-get' }>;

/** A request that takes any certificate, and of https the same again, with it held against the authorities of the image. */
const withCertificate = (asked: HttpAsk, { speaks }: DestinationPort): readonly Planned[] => {
  const { insecure: _, ...question } = asked.question;
  return speaks === 'https'
    ? [asked, { ...asked, id: `${asked.id}/certificate`, purpose: 'destination-certificate', question }]
    : [asked];
};

/** As the app asks: by its name where it has one. An Ingress is asked at each address that it has, whatever its name leads to. */
const requests = (
  destination: Destination,
  fronts: readonly string[],
  port: DestinationPort,
): readonly Planned[] => {
  const host = destination.host ?? fronts[0];
  const url = host === undefined ? undefined : urlFor(destination, host, port);
  if (url === undefined) return [];
  const addresses = destination.kind === 'ingress' ? fronts.filter(isAddress) : [];
  const ways = addresses.length === 0 ? [undefined] : addresses;
  return ways.flatMap((address, index) =>
    withCertificate(
      {
        id: `http-get/to/${port.number}${index === 0 ? '' : `/at/${address}`}`,
        probe: 'http-get',
        purpose: 'destination',
        question: { url, insecure: true, ...(address === undefined ? {} : { connectTo: { address } }) },
      },
      port,
    ),
  );
};

const atEndpoint = (
  destination: Destination,
  endpoint: Endpoint,
  port: DestinationPort,
): readonly Planned[] => {
  const number = portAt(endpoint, port, destination.kind);
  if (number === undefined) return [];
  const { address } = endpoint;
  const id = `to/endpoint/${hostPort(address, number)}${port.protocol === 'TCP' ? '' : '/udp'}`;
  const url = urlFor(destination, destination.host ?? address, port);
  return [
    ...overPort(id, 'destination-endpoint', address, number, port),
    ...(url === undefined
      ? []
      : withCertificate(
          {
            id: `http-get/${id}`,
            probe: 'http-get',
            purpose: 'destination-endpoint',
            question: { url, insecure: true, connectTo: { address, port: number } },
          },
          port,
        )),
  ];
};

/** How many asks `atEndpoint` makes of it, at most. */
const asksAt = ({ speaks }: DestinationPort): number =>
  speaks === undefined ? 1 : speaks === 'https' ? 3 : 2;

/** Of so many ports, that all of them together stay within what the runner carries. */
const mostEndpoints = (ports: readonly DestinationPort[]): number => {
  const each = ports.reduce((sum, port) => sum + asksAt(port), 0);
  return Math.min(MOST_ENDPOINTS, Math.max(1, Math.floor(MOST_ENDPOINT_ASKS / Math.max(1, each))));
};

const HTTPS = 443;
const REFERENCE_PORTS: readonly number[] = [80, HTTPS];

/**
 * Of a destination outside: other ports of the same host, other hosts, and the cluster's own API tell a closed port from a dead way
 * out, and that from a pod without any.
 */
const references = (
  { kind, host, address }: Destination,
  ports: readonly DestinationPort[],
  evidence: DestinationEvidence,
  targets: InternetTargets,
): readonly Planned[] => {
  const own = host ?? address;
  if ((kind !== 'host' && kind !== 'address') || own === undefined) return [];
  const connect = (to: string, port: number): Planned => ({
    id: `tcp-connect/reference/${hostPort(to, port)}`,
    probe: 'tcp-connect',
    purpose: 'destination-reference',
    question: { host: to, port },
  });
  const others = REFERENCE_PORTS.filter((port) => !ports.some(({ number }) => number === port));
  const outside =
    targets === 'default' ? familiesOf(evidence).flatMap((family) => INTERNET_ADDRESSES[family]) : [];
  const api = apiAddress(evidence);
  return [
    ...others.map((port) => connect(own, port)),
    ...outside.filter((to) => to !== own).map((to) => connect(to, HTTPS)),
    connect(api.host, api.port),
  ];
};

const pathMtu = (host: string): Planned => ({
  id: `path-mtu/${host}`,
  probe: 'path-mtu',
  purpose: 'path-mtu',
  question: { host },
});

/** Of two families, those that the pod has; where it has none of them, all: that this fails is what has to be seen. */
const spoken = (addresses: readonly string[], evidence: DestinationEvidence): readonly string[] => {
  const own = familiesOf(evidence);
  const some = addresses.filter(
    (address) => !isAddress(address) || own.includes(isIpv6(address) ? 'ipv6' : 'ipv4'),
  );
  return some.length > 0 ? some : addresses;
};

const reachable = (endpoints: readonly Endpoint[], evidence: DestinationEvidence): readonly Endpoint[] => {
  const addresses = spoken(
    endpoints.map(({ address }) => address),
    evidence,
  );
  return endpoints.filter(({ address }) => addresses.includes(address));
};

export const toDestination = (
  destination: Destination,
  evidence: DestinationEvidence,
  targets: InternetTargets,
): readonly Planned[] => {
  const ports = destinationPorts(destination, evidence).slice(0, MOST_PORTS);
  const fronts = spoken(frontAddresses(destination, evidence), evidence);
  const endpoints =
    // What stands behind an Ingress is asked by its controller, which may be let in where this pod is not.
    destination.kind === 'service'
      ? spread(reachable(destinationEndpoints(destination, evidence) ?? [], evidence), mostEndpoints(ports))
      : [];
  const far = endpoints[0]?.address ?? fronts.find(isAddress) ?? destination.host;
  return [
    ...names(destination),
    ...ports.flatMap((port) => [
      ...fronts.flatMap((front) =>
        overPort(
          `to/${hostPort(front, port.number)}${port.protocol === 'TCP' ? '' : '/udp'}`,
          'destination',
          front,
          port.number,
          port,
        ),
      ),
      ...requests(destination, fronts, port),
      ...endpoints.flatMap((endpoint) => atEndpoint(destination, endpoint, port)),
    ]),
    ...references(destination, ports, evidence, targets),
    ...(far === undefined ? [] : [pathMtu(far)]),
  ];
};
