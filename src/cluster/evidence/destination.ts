/** What `--to` named, as the cluster knows it: read before the plan is made, because the plan asks each endpoint by itself. */
import { firstBackend } from '../../destination/ingress.ts';
import { destinationPorts } from '../../destination/ports.ts';
import { serviceNameOf } from '../../destination/service-name.ts';
import { UserError } from '../../errors.ts';
import type { Destination } from '../../model/destination.ts';
import { type Evidence, type Known, NO_EVIDENCE } from '../../model/evidence.ts';
import { ingressSchema, type Pod, podSchema, type Service, serviceSchema } from '../../model/kubernetes.ts';
import type { DestinationOption, DestinationRef } from '../../model/options.ts';
import type { Client } from '../client.ts';
import { RESOURCES } from '../paths.ts';
import { get, items, list, namespaceOf, podList, slicesOf } from './ask.ts';

export type DestinationEvidence = Pick<
  Evidence,
  'destinationService' | 'destinationEndpointSlices' | 'destinationPods' | 'destinationIngress'
>;

export interface Located {
  readonly destination: Destination;
  readonly evidence: DestinationEvidence;
}

export const NO_DESTINATION: DestinationEvidence = {
  destinationService: NO_EVIDENCE.destinationService,
  destinationEndpointSlices: NO_EVIDENCE.destinationEndpointSlices,
  destinationPods: NO_EVIDENCE.destinationPods,
  destinationIngress: NO_EVIDENCE.destinationIngress,
};

/** A Service and its slices have one name: both are asked for at once. */
const readService = async (client: Client, namespace: string, name: string) => {
  const [destinationService, destinationEndpointSlices] = await Promise.all([
    get(client, RESOURCES.services, namespace, name, serviceSchema),
    slicesOf(client, { namespace, name }),
  ]);
  return { ...NO_DESTINATION, destinationService, destinationEndpointSlices };
};

const onePod = (pod: Known<Pod>): Known<Pod[]> =>
  pod.state === 'known' ? { state: 'known', value: [pod.value] } : pod;

type RefOf<K extends DestinationRef['kind']> = Extract<DestinationRef, { kind: K }>;
type ObjectRef = Extract<DestinationRef, { name: string }>;

const locateService = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const namespace = ref.namespace ?? ownNamespace;
  return {
    destination: {
      requested,
      kind: 'service',
      namespace,
      name: ref.name,
      // As an app in this pod would write it.
      host: namespace === ownNamespace ? ref.name : `${ref.name}.${namespace}`,
      ...(ref.port === undefined ? {} : { port: ref.port }),
    },
    evidence: await readService(client, namespace, ref.name),
  };
};

const absent = (what: string, namespace: string, kind: string): UserError =>
  new UserError({
    code: 'destination-not-found',
    message: `--to: ${what} does not exist in namespace ${namespace}`,
    next: [`kubectl -n ${namespace} get ${kind}`],
  });

const locatePod = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const read = (namespace: string, name: string) => get(client, RESOURCES.pods, namespace, name, podSchema);
  // A pod's name may hold dots, as those of static pods do; `pod/web-0.shop` names another namespace where there is no such pod.
  const dot = ref.name.lastIndexOf('.');
  const [whole, elsewhere] = await Promise.all([
    read(ownNamespace, ref.name),
    dot === -1 ? undefined : read(ref.name.slice(dot + 1), ref.name.slice(0, dot)),
  ]);
  const other = whole.state !== 'known' && elsewhere?.state === 'known';
  const pod = other ? elsewhere : whole;
  if (pod.state === 'absent') throw absent(`pod/${ref.name}`, ownNamespace, 'pods');
  const destination: Destination = {
    requested,
    kind: 'pod',
    namespace: other ? ref.name.slice(dot + 1) : ownNamespace,
    name: other ? ref.name.slice(0, dot) : ref.name,
    ...(ref.port === undefined ? {} : { port: ref.port }),
  };
  return { destination, evidence: { ...NO_DESTINATION, destinationPods: onePod(pod) } };
};

const locateIngress = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const found = await get(client, RESOURCES.ingresses, ownNamespace, ref.name, ingressSchema);
  if (found.state === 'absent') throw absent(`ingress/${ref.name}`, ownNamespace, 'ingresses');
  const destination: Destination = { requested, kind: 'ingress', namespace: ownNamespace, name: ref.name };
  const evidence = { ...NO_DESTINATION, destinationIngress: found };
  const backend = found.state === 'known' ? firstBackend(found.value) : undefined;
  if (found.state !== 'known' || backend === undefined) return { destination, evidence };
  const { host, path, service } = backend;
  const front = found.value.status?.loadBalancer?.ingress?.[0];
  const name = host?.replace(/^\*\./, 'www.') ?? front?.hostname ?? front?.ip;
  const secure =
    host !== undefined && found.value.spec.tls?.some(({ hosts }) => hosts?.includes(host) === true);
  return {
    destination: {
      ...destination,
      ...(host === undefined || host.startsWith('*') ? {} : { host }),
      ...(name === undefined
        ? {}
        : {
            url: `${secure === true ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}${path}`,
          }),
    },
    evidence: {
      ...evidence,
      ...(await readService(client, ownNamespace, service.name)),
      destinationIngress: found,
    },
  };
};

/** Everywhere where we may, else in the pod's own namespace. */
const findByField = async <T>(
  read: (namespace: string | undefined) => Promise<Known<T[]>>,
  namespace: string,
): Promise<T | undefined> => {
  const all = await read(undefined);
  const found = all.state === 'known' ? all : await read(namespace);
  return found.state === 'known' ? found.value[0] : undefined;
};

const serviceAt = (client: Client, address: string, namespace: string): Promise<Service | undefined> =>
  findByField(
    (where) =>
      list(client, RESOURCES.services, where, items(serviceSchema), {
        fieldSelector: `spec.clusterIP=${address}`,
      }),
    namespace,
  );
const podAt = (client: Client, address: string, namespace: string): Promise<Pod | undefined> =>
  findByField(
    (where) =>
      list(client, RESOURCES.pods, where, podList, {
        // A pod that has finished keeps the address that it had.
        fieldSelector: `status.podIP=${address},status.phase!=Succeeded,status.phase!=Failed`,
      }),
    namespace,
  );

const locateAddress = async (
  client: Client,
  requested: string,
  { address, port }: RefOf<'address'>,
  ownNamespace: string,
): Promise<Located> => {
  const asked = { requested, address, ...(port === undefined ? {} : { port }) };
  const [service, pod] = await Promise.all([
    serviceAt(client, address, ownNamespace),
    podAt(client, address, ownNamespace),
  ]);
  // hostNetwork pods share their node's address: it is not theirs alone.
  if (service === undefined && pod !== undefined && pod.spec.hostNetwork !== true)
    return {
      destination: { ...asked, kind: 'pod', namespace: pod.metadata.namespace, name: pod.metadata.name },
      evidence: { ...NO_DESTINATION, destinationPods: { state: 'known', value: [pod] } },
    };
  if (service === undefined) return { destination: { ...asked, kind: 'address' }, evidence: NO_DESTINATION };
  const { name } = service.metadata;
  const namespace = namespaceOf(service);
  return {
    destination: { ...asked, kind: 'service', namespace, name },
    evidence: {
      ...NO_DESTINATION,
      destinationService: { state: 'known', value: service },
      destinationEndpointSlices: await slicesOf(client, { namespace, name }),
    },
  };
};

/** A name that may be a Service's: where the cluster has one of it, it is; `example.com` is not, though it could be. */
const locateHost = async (
  client: Client,
  asked: Pick<Destination, 'requested' | 'port' | 'url'>,
  host: string,
  ownNamespace: string,
): Promise<Located> => {
  const external: Destination = { ...asked, kind: 'host', host };
  const candidate = serviceNameOf(host, ownNamespace);
  if (candidate === undefined) return { destination: external, evidence: NO_DESTINATION };
  const { name, namespace, sure } = candidate;
  const evidence = await readService(client, namespace, name);
  return sure || evidence.destinationService.state === 'known'
    ? { destination: { ...asked, kind: 'service', namespace, name, host }, evidence }
    : evidence.destinationService.state === 'forbidden'
      ? // It may be one that we may not read: what DNS answers will tell.
        { destination: { ...external, namespace, name }, evidence }
      : { destination: external, evidence: NO_DESTINATION };
};

const portPart = (port: number | string | undefined) => (port === undefined ? {} : { port });

/** Why no port is known, of what is there: a Service that is not is a finding, and so is one that lists no port of the name that was asked for. */
const whyNoPort = (
  { kind, port }: Destination,
  { destinationPods: pods, destinationService: service }: DestinationEvidence,
): string | undefined => {
  switch (kind) {
    case 'pod':
      if (pods.state !== 'known')
        return `the pod could not be read${port === undefined ? '' : `, so what its port ${port} is cannot be told`}`;
      return port === undefined ? 'the pod lists none' : `no container of the pod has a port named ${port}`;
    case 'address':
      return 'no pod and no Service of this address could be found';
    case 'service':
      if (service.state === 'absent' || (service.state === 'known' && port !== undefined)) return undefined;
      return service.state === 'known' ? 'the Service lists none' : 'the Service could not be read';
    case 'ingress':
    case 'host':
      return undefined;
  }
};

const withPort = (located: Located): Located => {
  const { destination, evidence } = located;
  const reason =
    destinationPorts(destination, evidence).length > 0 ? undefined : whyNoPort(destination, evidence);
  if (reason === undefined) return located;
  const { requested, address } = destination;
  throw new UserError({
    code: 'destination-without-port',
    message: `--to ${requested}: which port?`,
    reason,
    next: [
      `kubectl netcheck POD --to ${address?.includes(':') === true ? `[${address}]` : requested.replace(/:[^:/]*$/, '')}:8080`,
    ],
  });
};

/** A Pod that could not be read has no address that we could ask. */
const withAddress = (located: Located): Located => {
  const { destination, evidence } = located;
  const { destinationPods: pods } = evidence;
  if (destination.kind !== 'pod' || destination.address !== undefined) return located;
  const ips = pods.state === 'known' ? (pods.value[0]?.status.podIP ?? '') : '';
  if (ips !== '') return located;
  const place = destination.namespace ?? '';
  throw new UserError({
    code: 'destination-without-address',
    message: `--to ${destination.requested}: the pod's address is not known`,
    reason:
      pods.state === 'forbidden'
        ? `these credentials lack the right to get pods in namespace ${place}`
        : pods.state === 'failed'
          ? pods.reason
          : 'the pod has none yet',
    next: [
      `kubectl -n ${place} get pod ${destination.name ?? ''} -o wide`,
      'kubectl netcheck POD --to IP:PORT',
    ],
  });
};

/**
 * `ownNamespace`: the pod's, in which a bare name is looked up.
 * @throws UserError where a pod or an Ingress that was named is not there, or there is no port to ask. That a Service is not is a finding.
 */
export const locate = async (
  client: Client,
  option: DestinationOption,
  ownNamespace: string,
): Promise<Located> => withPort(withAddress(await locateRef(client, option, ownNamespace)));

const locateRef = (
  client: Client,
  { requested, ref }: DestinationOption,
  ownNamespace: string,
): Promise<Located> => {
  switch (ref.kind) {
    case 'service':
      return locateService(client, requested, ref, ownNamespace);
    case 'pod':
      return locatePod(client, requested, ref, ownNamespace);
    case 'ingress':
      return locateIngress(client, requested, ref, ownNamespace);
    case 'address':
      return locateAddress(client, requested, ref, ownNamespace);
    case 'host':
      return locateHost(client, { requested, ...portPart(ref.port) }, ref.host, ownNamespace);
    case 'url': {
      const host = new URL(ref.url).hostname.replace(/^\[|\]$/g, '');
      return /^[\d.]+$/.test(host) || host.includes(':')
        ? locateAddress(client, requested, { kind: 'address', address: host }, ownNamespace).then(
            withUrl(ref.url),
          )
        : locateHost(client, { requested, url: ref.url }, host, ownNamespace);
    }
  }
};

const withUrl =
  (url: string) =>
  ({ destination, evidence }: Located): Located => ({ destination: { ...destination, url }, evidence });
