import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { parseGateway } from './parse.ts';
import { SCRIPT } from './script.sh.ts';

const question = z.object({});
export type GatewayQuestion = z.infer<typeof question>;

/** The kernel's word for what it knows of the gateway's link-layer address; VALID: known, and no more is told. */
export type NeighbourState =
  | 'NONE'
  | 'INCOMPLETE'
  | 'REACHABLE'
  | 'STALE'
  | 'DELAY'
  | 'PROBE'
  | 'FAILED'
  | 'NOARP'
  | 'PERMANENT'
  | 'VALID';

export interface DefaultLink {
  readonly family: 'ipv4' | 'ipv6';
  readonly interface: string;
}

export interface Gateway extends DefaultLink {
  /** An IPv4 route may have an IPv6 gateway: `family` is the route's. */
  readonly address: string;
  /**
   * `unreachable`: an error came back in its place. `not-permitted`: the pod may not ping. `not-asked`: no ping that works in the image, or
   * four others were asked. Silence proves nothing by itself: Calico's 169.254.1.1 and others answer ARP, and no pings.
   */
  readonly reply: 'replied' | 'no-reply' | 'unreachable' | 'not-permitted' | 'not-asked';
  /** The quickest of two. */
  readonly rttMs?: number | undefined;
  /**
   * After the ping; undefined: no entry, as on a link without link-layer addresses. INCOMPLETE and FAILED: nobody has answered ARP or
   * neighbour discovery, so nothing can be sent to it at all.
   */
  readonly neighbour?: NeighbourState | undefined;
}

export type GatewayOutcome =
  /** At least one default route of the main table that has a gateway. `onLink`: those without. */
  | {
      readonly kind: 'gateways';
      readonly gateways: readonly Gateway[];
      readonly onLink?: readonly DefaultLink[] | undefined;
    }
  /** No default route, or only ones straight to a link (`onLink`), as with a point-to-point one. */
  | { readonly kind: 'no-gateway'; readonly onLink?: readonly DefaultLink[] | undefined };

export default defineProbe<'gateway', GatewayQuestion, GatewayOutcome>({
  id: 'gateway',
  layer: 'route',
  tool: 'ping',
  summary: 'whether the default gateways are there',
  question,
  command: () => ['sh', '-c', SCRIPT],
  /** Four that are silent take 5 s. */
  timeLimitSeconds: () => 8,
  /** Two pings of each family's, 0.2 s apart. */
  usualMs: 450,
  parse: parseGateway,
});
