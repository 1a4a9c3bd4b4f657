/** Reads the JSON of iproute2: `ip -j address show` and `ip -j route show table all`. */
import * as z from 'zod';
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import type { InterfaceOutcome, InterfaceQuestion } from './probe.ts';

const linkSchema = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  mtu: z.number(),
  addr_info: z.array(
    z.object({
      family: z.string(),
      local: z.string().optional(),
      prefixlen: z.number().optional(),
      scope: z.string().optional(),
    }),
  ),
});
/** Some releases print `{}` for a link that a filter left out. */
const linksSchema = z.array(z.union([linkSchema, z.strictObject({})]));

const hopSchema = z.object({
  gateway: z.string().optional(),
  via: z.object({ family: z.string(), host: z.string() }).optional(),
  dev: z.string().optional(),
  flags: z.array(z.string()).optional(),
});
const routesSchema = z.array(
  hopSchema.extend({
    dst: z.string(),
    /** Absent for unicast. */
    type: z.string().optional(),
    table: z.string().optional(),
    /** Router preference: only IPv6 routes have one. */
    pref: z.string().optional(),
    nexthops: z.array(hopSchema).optional(),
  }),
);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

const readAddresses = (json: unknown): InterfaceOutcome | undefined => {
  const parsed = linksSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const links = parsed.data.filter((link) => 'ifname' in link);
  // Every network namespace has a loopback link: a list without any link was not of one.
  if (links.length === 0) return undefined;
  const others = links.filter((link) => !link.flags.includes('LOOPBACK'));
  return {
    kind: 'addresses',
    links: others.map((link) => ({
      name: link.ifname,
      up: link.flags.includes('UP') && !link.flags.includes('NO-CARRIER'),
      mtu: link.mtu,
    })),
    addresses: others.flatMap((link) =>
      link.addr_info.flatMap(({ local, prefixlen, scope }) =>
        local === undefined || prefixlen === undefined || scope === 'link' || scope === 'host'
          ? []
          : [{ interface: link.ifname, family: familyOf(local), address: local, prefixLength: prefixlen }],
      ),
    ),
  };
};

/** Other tables serve only what a rule sends there; JSON leaves the main one out, or numbers it with `-N`. */
const inMain = (table: string | undefined): boolean =>
  table === undefined || table === 'main' || table === '254';
/** The kernel does not use a route whose link is down (`linkdown`: it may, and packets end there). */
const isDead = (flags: readonly string[] = []): boolean =>
  flags.includes('dead') || flags.includes('linkdown');

const readRoutes = (json: unknown): InterfaceOutcome | undefined => {
  const parsed = routesSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const unicast = parsed.data.filter(
    ({ type, table }) => (type === undefined || type === 'unicast') && table !== 'local',
  );
  return {
    kind: 'routes',
    routes: unicast.length,
    defaults: unicast
      .filter(
        ({ dst, table, flags }) =>
          (dst === 'default' || dst === '0.0.0.0/0' || dst === '::/0') && inMain(table) && !isDead(flags),
      )
      .flatMap(({ nexthops, pref, ...route }) =>
        (nexthops ?? [route])
          .filter(({ flags }) => !isDead(flags))
          .flatMap((hop) => {
            const dev = hop.dev ?? route.dev;
            const gateway = hop.gateway ?? hop.via?.host;
            // An IPv4 route may have an IPv6 gateway ("via inet6"), which then stands in `via`.
            const family =
              hop.gateway === undefined ? (pref === undefined ? 'ipv4' : 'ipv6') : familyOf(hop.gateway);
            return dev === undefined
              ? []
              : [{ family, interface: dev, ...(gateway === undefined ? {} : { gateway }) } as const];
          }),
      ),
  };
};

const read = (seen: Seen, question: InterfaceQuestion): InterfaceOutcome | undefined => {
  if (seen.exit !== 0 || seen.cut.includes('stdout')) return undefined;
  const json = jsonOf(seen.stdout);
  return question.read === 'addresses' ? readAddresses(json) : readRoutes(json);
};

export const parseInterface = (
  output: ToolOutput,
  question: InterfaceQuestion,
): InterfaceOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
