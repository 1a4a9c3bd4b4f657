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

/**
 * Whether a default route is missing: only told where the pod has an IPv4 address, because the routes that are read are those of
 * IPv4. undefined: cannot be told.
 */
export const lacksDefaultRoute = ({ addresses, routes }: Links): boolean | undefined => {
  if (routes === undefined) return undefined;
  if (routes.defaults.length > 0) return false;
  if (addresses === undefined) return undefined;
  return addresses.addresses.length === 0 || addresses.addresses.some(({ family }) => family === 'ipv4');
};
