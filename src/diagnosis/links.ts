/** The pod's links, addresses and default routes, as far as they were read. */
import type { Observation } from '../../probes/index.ts';
import { type Measured, measured } from './observed.ts';

type InterfaceObservation = Extract<Observation, { probe: 'interface' }>;
type Outcome = Measured<InterfaceObservation['outcome']>;
export type Addresses = Extract<Outcome, { kind: 'addresses' }>;
export type Routes = Extract<Outcome, { kind: 'routes' }>;

export interface Links {
  readonly addresses: Addresses | undefined;
  readonly routes: Routes | undefined;
}

export const readLinks = (observations: readonly InterfaceObservation[]): Links => {
  const outcomes = observations.flatMap(({ outcome }) => measured(outcome) ?? []);
  return {
    addresses: outcomes.find((outcome) => outcome.kind === 'addresses'),
    routes: outcomes.find((outcome) => outcome.kind === 'routes'),
  };
};

/** Addresses on links that are up: the ones that packets can leave from. */
export const usableAddresses = ({ links, addresses }: Addresses): Addresses['addresses'] =>
  addresses.filter((address) => links.find(({ name }) => name === address.interface)?.up === true);

export type Family = Addresses['addresses'][number]['family'];

/**
 * Families in which the pod has an address to send from and no default route; where it has no address that is usable, both, unless
 * there is any default route. undefined: cannot be told.
 */
export const familiesWithoutRoute = ({ addresses, routes }: Links): readonly Family[] | undefined => {
  if (routes === undefined) return undefined;
  if (addresses === undefined) return routes.defaults.length > 0 ? [] : undefined;
  const own = FAMILIES.filter((family) => usableAddresses(addresses).some((one) => one.family === family));
  if (own.length === 0) return routes.defaults.length > 0 ? [] : FAMILIES;
  return own.filter((family) => !routes.defaults.some((route) => route.family === family));
};
const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
export const FAMILY_WORDS: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** Whether nothing can leave by a default route, in any family that the pod has. undefined: cannot be told. */
export const lacksDefaultRoute = (links: Links): boolean | undefined => {
  const missing = familiesWithoutRoute(links);
  if (missing === undefined || missing.length === 0) return missing === undefined ? undefined : false;
  const own = links.addresses === undefined ? [] : usableAddresses(links.addresses);
  return own.every(({ family }) => missing.includes(family));
};
