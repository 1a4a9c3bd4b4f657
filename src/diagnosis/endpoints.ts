/** Ready endpoints of a Service, as its EndpointSlices tell. */
import type { EndpointSlice, Service } from '../model/kubernetes.ts';

/** Addresses that get traffic. `ready` left out or null means ready. A terminating endpoint is not ready. */
export const readyAddresses = (slices: readonly EndpointSlice[]): readonly string[] =>
  slices
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready !== false)
    .flatMap((endpoint) => endpoint.addresses);

/** Addresses that are listed, but get no traffic. */
export const unreadyAddresses = (slices: readonly EndpointSlice[]): readonly string[] =>
  slices
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready === false)
    .flatMap((endpoint) => endpoint.addresses);

/** The Service's own addresses; none for headless ones. */
export const clusterIPs = (service: Service): readonly string[] =>
  (service.spec.clusterIPs ?? [service.spec.clusterIP ?? '']).filter((ip) => ip !== '' && ip !== 'None');

/** `svc/kube-dns` */
export const serviceName = (service: Service): string => `svc/${service.metadata.name}`;
