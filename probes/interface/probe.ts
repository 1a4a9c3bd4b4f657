import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import { parseInterface } from './parse.ts';

const question = z.object({ read: z.enum(['addresses', 'routes']) });
export type InterfaceQuestion = z.infer<typeof question>;

export interface InterfaceAddress {
  readonly interface: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefixLength: number;
}

export type InterfaceOutcome =
  /** Links other than loopback, and their global addresses (link-local ones are left out). */
  | {
      readonly kind: 'addresses';
      readonly links: readonly { readonly name: string; readonly up: boolean; readonly mtu: number }[];
      readonly addresses: readonly InterfaceAddress[];
    }
  /**
   * Default routes of the main table that are alive; `routes` counts all unicast ones, of every table. `gateway` is undefined on a
   * point-to-point link.
   */
  | {
      readonly kind: 'routes';
      readonly routes: number;
      readonly defaults: readonly {
        readonly family: 'ipv4' | 'ipv6';
        readonly gateway?: string | undefined;
        readonly interface: string;
      }[];
    };

export default defineProbe<'interface', InterfaceQuestion, InterfaceOutcome>({
  id: 'interface',
  layer: 'interface',
  tool: 'ip',
  summary: 'addresses, MTU and default routes of the pod',
  question,
  // "table all" is what makes ip(8) list the routes of both families.
  command: ({ read }) =>
    read === 'addresses' ? ['ip', '-j', 'address', 'show'] : ['ip', '-j', 'route', 'show', 'table', 'all'],
  timeLimitSeconds: () => 3,
  parse: parseInterface,
});
