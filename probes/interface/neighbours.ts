/** The neighbour table, from `ip -j neighbour show` (iproute2 ip/ipneigh.c). It leaves out NOARP, such as multicast's, by default. */
import * as z from 'zod/mini';
import type { InterfaceOutcome } from './probe.ts';

/** States of a neighbour in the kernel's table (ip-neighbour(8)); NONE: it was just made. */
const NEIGHBOUR_STATES = [
  'NONE',
  'INCOMPLETE',
  'REACHABLE',
  'STALE',
  'DELAY',
  'PROBE',
  'FAILED',
  'NOARP',
  'PERMANENT',
] as const;

export interface Neighbour {
  readonly address: string;
  readonly interface: string;
  /** Link-layer address; undefined where none has answered. */
  readonly mac?: string | undefined;
  readonly state: (typeof NEIGHBOUR_STATES)[number];
}

const neighboursSchema = z.array(
  z.object({
    dst: z.string(),
    dev: z.string(),
    lladdr: z.optional(z.string()),
    /** One, or none for NUD_NONE. */
    state: z.array(z.enum(NEIGHBOUR_STATES)).check(z.maxLength(1)),
  }),
);

export const readNeighbours = (json: unknown): InterfaceOutcome | undefined => {
  const parsed = neighboursSchema.safeParse(json);
  if (!parsed.success) return undefined;
  return {
    kind: 'neighbours',
    neighbours: parsed.data.map(({ dst, dev, lladdr, state: [state = 'NONE'] }) => ({
      address: dst,
      interface: dev,
      ...(lladdr === undefined ? {} : { mac: lladdr }),
      state,
    })),
  };
};
