/** The columns of Services and what belongs to them. Source: pkg/printers/internalversion/printers.go. */
import { joinHostPort } from '../../families.ts';
import type { Loose } from '../json.ts';
import { ageOf } from './age.ts';
import { type Column, column, labelsText, orNone, selectorText, wide } from './columns.ts';

const name: Column = { name: 'Name', cell: (object) => object.metadata.name, format: 'name' };
const age = column('Age', (object) => ageOf(object.metadata.creationTimestamp));

const servicePorts = ({ spec }: Loose): string =>
  orNone(
    (spec.ports ?? [])
      .map(({ port, nodePort, protocol }: Loose) =>
        nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
      )
      .join(','),
  );

const externalAddress = ({ spec, status }: Loose): string => {
  const own = (spec.externalIPs ?? []).join(',');
  if (spec.type === 'ExternalName') return spec.externalName;
  if (spec.type !== 'LoadBalancer') return orNone(own);
  const given = (status?.loadBalancer?.ingress ?? []).map((one: Loose) => one.ip ?? one.hostname);
  return [...given, ...(own ? [own] : [])].join(',') || '<pending>';
};

export const serviceColumns: readonly Column[] = [
  name,
  column('Type', ({ spec }) => spec.type ?? ''),
  column('Cluster-IP', ({ spec }) => orNone(spec.clusterIP)),
  column('External-IP', externalAddress),
  column('Port(s)', servicePorts),
  age,
  wide('Selector', ({ spec }) => labelsText(spec.selector)),
];

/** At most `max` of a list, then how many more. */
const shortened = (items: readonly string[], max: number): string => {
  const more = items.length - max;
  const shown = items.slice(0, max).join(',');
  return more > 0 ? `${shown} + ${more} more...` : orNone(shown);
};

const endpointsText = ({ subsets }: Loose): string =>
  shortened(
    (subsets ?? []).flatMap(({ addresses = [], ports }: Loose): string[] =>
      (ports ?? [undefined]).flatMap((port: Loose) =>
        addresses.map(({ ip }: Loose) => (port === undefined ? ip : joinHostPort(ip, port.port))),
      ),
    ),
    3,
  );

export const endpointsColumns: readonly Column[] = [name, column('Endpoints', endpointsText), age];

const slicePorts = ({ ports }: Loose): string =>
  ports === null || ports === undefined || ports.length === 0
    ? '<unset>'
    : shortened(
        ports.map(({ port, name: portName }: Loose) => String(port ?? portName ?? '*')),
        3,
      );
const sliceAddresses = ({ endpoints }: Loose): string => {
  const addresses = (endpoints ?? []).flatMap((one: Loose): string[] => one.addresses ?? []);
  return addresses.length === 0 ? '<unset>' : shortened(addresses, 3);
};

export const endpointSliceColumns: readonly Column[] = [
  name,
  column('AddressType', ({ addressType }) => addressType),
  column('Ports', slicePorts),
  column('Endpoints', sliceAddresses),
  age,
];

export const networkPolicyColumns: readonly Column[] = [
  name,
  column('Pod-Selector', ({ spec }) => selectorText(spec.podSelector)),
  age,
];

const ingressHosts = ({ spec }: Loose): string =>
  shortened(
    (spec.rules ?? []).flatMap(({ host }: Loose) => host || []),
    3,
  ).replace('<none>', '*');

export const ingressColumns: readonly Column[] = [
  name,
  column('Class', ({ spec }) => orNone(spec.ingressClassName)),
  column('Hosts', ingressHosts),
  column('Address', ({ status }) =>
    (status?.loadBalancer?.ingress ?? []).map((one: Loose) => one.ip ?? one.hostname).join(','),
  ),
  column('Ports', ({ spec }) => (spec.tls?.length > 0 ? '80, 443' : '80')),
  age,
];
