/** Which ports of the destination are asked, and what is spoken there. Pure. */
import type { Destination } from '../model/destination.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Pod, Service } from '../model/kubernetes.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';
/** Ports that are asked, of a Service that has more. */
export const MOST_PORTS = 20;

/** undefined: not known, so nothing is said there; a request to a server of another kind would only be noise in its log. */
export type Speaks = 'http' | 'https' | undefined;

export interface DestinationPort {
  /** What an app connects to: of the Service, or of the pod. */
  readonly number: number;
  readonly protocol: Protocol;
  readonly name: string | undefined;
  readonly speaks: Speaks;
  /** Whether the Service or pod lists it; true where nothing of the kind is known. */
  readonly listed: boolean;
}

const WELL_KNOWN: Readonly<Record<number, Speaks>> = {
  80: 'http',
  443: 'https',
  8000: 'http',
  8008: 'http',
  8080: 'http',
  8443: 'https',
};

/** As Istio and others read it: the first word of the port's name. */
const byName = (name: string): Speaks | 'other' | undefined => {
  const [word = ''] = name.split('-');
  if (word === 'http' || word === 'https') return word;
  return ['grpc', 'h2c', 'http2', 'tcp', 'tls', 'udp', 'mysql', 'postgres', 'redis', 'mongo'].includes(word)
    ? 'other'
    : undefined;
};

const byAppProtocol = (appProtocol: string): Speaks =>
  appProtocol === 'http' || appProtocol === 'https' ? appProtocol : undefined;

/** In order of what the owner says most plainly: appProtocol, the readiness probe, the port's name, its number. */
const speaksOf = (port: {
  readonly number: number;
  readonly name?: string | undefined;
  readonly appProtocol?: string | undefined;
  readonly probed?: Speaks;
}): Speaks => {
  if (port.appProtocol !== undefined) return byAppProtocol(port.appProtocol);
  if (port.probed !== undefined) return port.probed;
  const named = port.name === undefined ? undefined : byName(port.name);
  if (named === 'other') return undefined;
  return named ?? WELL_KNOWN[port.number];
};

export const protocolOf = (protocol: string | undefined): Protocol =>
  protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';

type Container = Pod['spec']['containers'][number];

/** Containers that run while the pod does: native sidecars are init containers. */
export const runningContainers = ({ spec }: Pod): readonly Container[] => [
  ...spec.containers,
  ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
];

/** The number that a port of a pod has, by its number or name; undefined: no container has a port of that name. */
export const podPort = (pod: Pod, port: number | string, protocol: Protocol = 'TCP'): number | undefined =>
  typeof port === 'number'
    ? port
    : runningContainers(pod)
        .flatMap(({ ports = [] }) => ports)
        .find((one) => one.name === port && protocolOf(one.protocol) === protocol)?.containerPort;

/** What the kubelet asks of that port to see whether the container is ready. */
const probedAs = (pod: Pod | undefined, number: number | undefined): Speaks => {
  if (pod === undefined || number === undefined) return undefined;
  for (const { readinessProbe } of runningContainers(pod)) {
    const get = readinessProbe?.httpGet;
    if (get !== undefined && podPort(pod, get.port) === number)
      return get.scheme?.toUpperCase() === 'HTTPS' ? 'https' : 'http';
  }
  return undefined;
};

type ServicePort = NonNullable<Service['spec']['ports']>[number];

const ofService = (port: ServicePort, pods: readonly Pod[]): DestinationPort => {
  const protocol = protocolOf(port.protocol);
  const [pod] = pods;
  const target = pod === undefined ? undefined : podPort(pod, port.targetPort ?? port.port, protocol);
  return {
    number: port.port,
    protocol,
    name: port.name,
    speaks:
      protocol === 'TCP'
        ? speaksOf({
            number: port.port,
            name: port.name,
            appProtocol: port.appProtocol,
            probed: probedAs(pod, target),
          })
        : undefined,
    listed: true,
  };
};

const ofPod = (pod: Pod): readonly DestinationPort[] =>
  runningContainers(pod)
    .flatMap(({ ports = [] }) => ports)
    .map(({ name, containerPort, protocol }) => ({
      number: containerPort,
      protocol: protocolOf(protocol),
      name,
      speaks:
        protocolOf(protocol) === 'TCP'
          ? speaksOf({ number: containerPort, name, probed: probedAs(pod, containerPort) })
          : undefined,
      listed: true,
    }));

/** All that the object lists; undefined where no such object is known. */
export const listedPorts = (
  { kind }: Pick<Destination, 'kind'>,
  { destinationService, destinationPods }: Pick<Evidence, 'destinationService' | 'destinationPods'>,
): readonly DestinationPort[] | undefined => {
  const pods = destinationPods.state === 'known' ? destinationPods.value : [];
  if (kind === 'service' || kind === 'ingress')
    return destinationService.state === 'known'
      ? (destinationService.value.spec.ports ?? []).map((port) => ofService(port, pods))
      : undefined;
  const [pod] = pods;
  return kind === 'pod' && pod !== undefined ? ofPod(pod) : undefined;
};

/** Of a URL: what it says. */
const ofUrl = (url: string): { readonly number: number; readonly speaks: 'http' | 'https' } => {
  const { protocol, port } = new URL(url);
  const speaks = protocol === 'https:' ? 'https' : 'http';
  return { number: port === '' ? (speaks === 'https' ? 443 : 80) : Number(port), speaks };
};

const HTTPS = 443;

/**
 * The ports that are asked: the one that was named, whether it is listed or not, else all that the Service or pod lists. Empty where
 * none is known: an address, or a pod that lists none, needs a port to be named.
 */
export const destinationPorts = (
  destination: Destination,
  evidence: Pick<Evidence, 'destinationService' | 'destinationPods'>,
): readonly DestinationPort[] => {
  const known = listedPorts(destination, evidence);
  if (destination.url !== undefined) {
    const { number, speaks } = ofUrl(destination.url);
    // The port of an Ingress is its controller's, whatever its Service has.
    const behind = destination.kind === 'ingress' ? undefined : known;
    const same = behind?.find((port) => port.number === number && port.protocol === 'TCP');
    return [
      {
        number,
        protocol: 'TCP',
        name: same?.name,
        speaks,
        listed: behind === undefined || same !== undefined,
      },
    ];
  }
  const { port } = destination;
  if (port === undefined) {
    if (known !== undefined) return known;
    return destination.kind === 'host'
      ? [{ number: HTTPS, protocol: 'TCP', name: undefined, speaks: 'https', listed: true }]
      : [];
  }
  const wanted = (known ?? []).filter((one) => one.number === port || one.name === port);
  if (wanted.length > 0) return wanted;
  if (typeof port === 'string') return [];
  return [
    {
      number: port,
      protocol: 'TCP',
      name: undefined,
      speaks: speaksOf({ number: port }),
      listed: known === undefined || destination.kind === 'pod',
    },
  ];
};
