/** What CoreDNS learns from the API server: Services, their endpoints and the namespaces. */
import type { ZoneData, ZonePort, ZoneService } from '../apps/zone.ts';
import type { KubeObject, Store } from '../contract.ts';

// biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
const ports = (list: any): readonly ZonePort[] =>
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  (list ?? []).map((port: any) => ({
    name: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    port: port.port ?? 0,
  }));

const serviceZone = (service: KubeObject, slices: readonly KubeObject[]): ZoneService => {
  const { namespace = '', name } = service.metadata;
  const clusterIPs: readonly string[] = service.spec.clusterIPs ?? [service.spec.clusterIP ?? 'None'];
  const publishAll = service.spec.publishNotReadyAddresses === true;
  return {
    namespace,
    name,
    clusterIPs: clusterIPs.filter((address) => address !== 'None'),
    ...(service.spec.type === 'ExternalName' ? { externalName: service.spec.externalName } : {}),
    ports: ports(service.spec.ports),
    endpoints: slices
      .filter(
        ({ metadata }) =>
          metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name,
      )
      .flatMap((slice) =>
        (slice.endpoints ?? [])
          // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
          .filter((endpoint: any) => publishAll || endpoint.conditions?.ready !== false)
          // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
          .flatMap((endpoint: any) =>
            endpoint.addresses.map((address: string) => ({
              address,
              ...(endpoint.hostname === undefined ? {} : { hostname: endpoint.hostname }),
              ports: ports(slice.ports),
            })),
          ),
      ),
  };
};

export const zoneOf = (store: Store): ZoneData => {
  const slices = store.list('endpointslices');
  return {
    namespaces: store.list('namespaces').map(({ metadata }) => metadata.name),
    services: store.list('services').map((service) => serviceZone(service, slices)),
  };
};
