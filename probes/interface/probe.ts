import { z } from 'zod';
import { defineProbe } from '../../src/model/probe.ts';

const question = z.object({ read: z.enum(['addresses', 'routes']) });

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
  /** Default routes only; `routes` counts all of them. `gateway` is undefined on a point-to-point link. */
  | {
      readonly kind: 'routes';
      readonly routes: number;
      readonly defaults: readonly {
        readonly family: 'ipv4' | 'ipv6';
        readonly gateway?: string | undefined;
        readonly interface: string;
      }[];
    };

export default defineProbe<'interface', z.infer<typeof question>, InterfaceOutcome>({
  id: 'interface',
  layer: 'interface',
  tool: 'ip',
  summary: 'addresses, MTU and default routes of the pod',
  question,
  command: ({ read }) =>
    read === 'addresses' ? ['ip', '-j', 'address', 'show'] : ['ip', '-j', 'route', 'show'],
  timeLimitSeconds: () => 3,
  parse: () => ({ kind: 'unreadable', text: '' }),
});
