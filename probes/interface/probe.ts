import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import type { Neighbour } from './neighbours.ts';
import { parseInterface } from './parse.ts';

const question = z.object({ read: z.enum(['addresses', 'routes', 'neighbours']) });
export type InterfaceQuestion = z.infer<typeof question>;

export interface InterfaceAddress {
  readonly interface: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefixLength: number;
}

export interface Link {
  readonly name: string;
  /** Administratively up, and with a carrier. */
  readonly up: boolean;
  readonly mtu: number;
  /** RFC 2863's word as the kernel has it: `UP`, `DOWN`, `LOWERLAYERDOWN`; `UNKNOWN` where the driver does not say, often fine. */
  readonly operstate?: string | undefined;
}

export interface DefaultRoute {
  readonly family: 'ipv4' | 'ipv6';
  /** undefined on a point-to-point link. */
  readonly gateway?: string | undefined;
  readonly interface: string;
}

export interface Route {
  readonly family: 'ipv4' | 'ipv6';
  /** `10.244.0.0/24`, an address alone for a host, or `default`. */
  readonly destination: string;
  /** undefined: the destination is on the link itself. */
  readonly gateway?: string | undefined;
  readonly interface: string;
  /** Lower is preferred; undefined is 0. */
  readonly metric?: number | undefined;
  /** The source address that the route prescribes. */
  readonly source?: string | undefined;
}

export type InterfaceOutcome =
  /** Links other than loopback, and their global addresses (link-local ones are left out). */
  | {
      readonly kind: 'addresses';
      readonly links: readonly Link[];
      readonly addresses: readonly InterfaceAddress[];
    }
  /** `routes` counts the unicast routes of every table; the lists are of the main table and of what is alive there. */
  | {
      readonly kind: 'routes';
      readonly routes: number;
      readonly defaults: readonly DefaultRoute[];
      /** All unicast routes, the default ones among them. */
      readonly main?: readonly Route[] | undefined;
    }
  /** Whom the pod has spoken to on its links, as far as the kernel still knows; an empty table is normal. */
  | { readonly kind: 'neighbours'; readonly neighbours: readonly Neighbour[] };

const ARGUMENTS: Readonly<Record<InterfaceQuestion['read'], readonly string[]>> = {
  addresses: ['address', 'show'],
  // "table all" is what makes ip(8) list the routes of both families.
  routes: ['route', 'show', 'table', 'all'],
  neighbours: ['neighbour', 'show'],
};

export default defineProbe<'interface', InterfaceQuestion, InterfaceOutcome>({
  id: 'interface',
  layer: 'interface',
  tool: 'ip',
  summary: 'addresses, MTU, routes and neighbours of the pod',
  question,
  command: ({ read }) => ['ip', '-j', ...ARGUMENTS[read]],
  timeLimitSeconds: () => 3,
  usualMs: 5,
  parse: parseInterface,
});
