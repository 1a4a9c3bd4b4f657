/** Routes, from `ip -j route show table all` (iproute2 ip/iproute.c). */
import * as z from 'zod/mini';
import { familyOf } from './family.ts';
import type { InterfaceOutcome, Route } from './probe.ts';

const hopSchema = z.object({
  gateway: z.optional(z.string()),
  via: z.optional(z.object({ family: z.string(), host: z.string() })),
  dev: z.optional(z.string()),
  flags: z.optional(z.array(z.string())),
});
const routeSchema = z.extend(hopSchema, {
  dst: z.string(),
  /** Absent for unicast. */
  type: z.optional(z.string()),
  table: z.optional(z.string()),
  metric: z.optional(z.number()),
  prefsrc: z.optional(z.string()),
  /** Router preference: only IPv6 routes have one. */
  pref: z.optional(z.string()),
  nexthops: z.optional(z.array(hopSchema)),
});
const routesSchema = z.array(routeSchema);
type Listed = z.infer<typeof routeSchema>;

const DEFAULTS: readonly string[] = ['default', '0.0.0.0/0', '::/0'];

/** Other tables serve only what a rule sends there; JSON leaves the main one out, or numbers it with `-N`. */
const inMain = ({ table }: Listed): boolean => table === undefined || table === 'main' || table === '254';
/** The kernel does not use a route whose link is down (`linkdown`: it may, and packets end there). */
const isDead = ({ flags = [] }: { readonly flags?: readonly string[] | undefined }): boolean =>
  flags.includes('dead') || flags.includes('linkdown');

/** The family of what the route is for: an IPv4 route may have an IPv6 gateway ("via inet6"), which then stands in `via`. */
const familyOfRoute = ({ dst, pref }: Listed, gateway: string | undefined): Route['family'] => {
  if (dst !== 'default') return familyOf(dst);
  return gateway === undefined ? (pref === undefined ? 'ipv4' : 'ipv6') : familyOf(gateway);
};

/** One for each next hop that is alive. */
const waysOf = (route: Listed): readonly Route[] =>
  (route.nexthops ?? [route])
    .filter((hop) => !isDead(hop))
    .flatMap((hop) => {
      const dev = hop.dev ?? route.dev;
      const gateway = hop.gateway ?? hop.via?.host;
      if (dev === undefined) return [];
      return [
        {
          family: familyOfRoute(route, hop.gateway),
          destination: DEFAULTS.includes(route.dst) ? 'default' : route.dst,
          interface: dev,
          ...(gateway === undefined ? {} : { gateway }),
          ...(route.metric === undefined ? {} : { metric: route.metric }),
          ...(route.prefsrc === undefined ? {} : { source: route.prefsrc }),
        },
      ];
    });

export const readRoutes = (json: unknown): InterfaceOutcome | undefined => {
  const parsed = routesSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const unicast = parsed.data.filter(
    ({ type, table }) => (type === undefined || type === 'unicast') && table !== 'local',
  );
  const main = unicast.filter((route) => inMain(route) && !isDead(route)).flatMap(waysOf);
  return {
    kind: 'routes',
    routes: unicast.length,
    defaults: main
      .filter(({ destination }) => destination === 'default')
      .map(({ family, interface: dev, gateway }) => ({
        family,
        interface: dev,
        ...(gateway === undefined ? {} : { gateway }),
      })),
    main,
  };
};
