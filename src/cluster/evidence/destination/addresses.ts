/** Of an address or a host name: whether it is a pod's or a Service's, as far as may be looked. */
import { serviceNameOf } from '../../../destination/service-name.ts';
import type { Destination } from '../../../model/destination.ts';
import type { Known } from '../../../model/evidence.ts';
import { type Pod, type Service, serviceSchema } from '../../../model/kubernetes.ts';
import type { DestinationRef } from '../../../model/options.ts';
import type { Client } from '../../client.ts';
import { RESOURCES } from '../../paths.ts';
import { items, list, namespaceOf, podList, slicesOf } from '../ask.ts';
import { type Located, NO_DESTINATION, readService } from './located.ts';

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

export const locateAddress = async (
  client: Client,
  requested: string,
  { address, port }: Extract<DestinationRef, { kind: 'address' }>,
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
export const locateHost = async (
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
