/** Links and their addresses, from `ip -j address show` (iproute2 ip/ipaddress.c). */
import * as z from 'zod/mini';
import { familyOf } from './family.ts';
import type { InterfaceOutcome } from './probe.ts';

const linkSchema = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  mtu: z.number(),
  operstate: z.optional(z.string()),
  addr_info: z.array(
    z.object({
      family: z.string(),
      local: z.optional(z.string()),
      prefixlen: z.optional(z.number()),
      scope: z.optional(z.string()),
    }),
  ),
});
/** Some releases print `{}` for a link that a filter left out. */
const linksSchema = z.array(z.union([linkSchema, z.strictObject({})]));

export const readAddresses = (json: unknown): InterfaceOutcome | undefined => {
  const parsed = linksSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const links = parsed.data.filter((link) => 'ifname' in link);
  // Every network namespace has a loopback link: a list without any link was not of one.
  if (links.length === 0) return undefined;
  const others = links.filter((link) => !link.flags.includes('LOOPBACK'));
  return {
    kind: 'addresses',
    links: others.map(({ ifname, flags, mtu, operstate }) => ({
      name: ifname,
      up: flags.includes('UP') && !flags.includes('NO-CARRIER'),
      mtu,
      ...(operstate === undefined ? {} : { operstate }),
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
