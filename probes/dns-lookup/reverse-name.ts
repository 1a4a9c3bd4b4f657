/** The name below in-addr.arpa or ip6.arpa that an address has. BusyBox's nslookup does not turn addresses round by itself. */

const IPV4 = /^(?<a>\d{1,3})\.(?<b>\d{1,3})\.(?<c>\d{1,3})\.(?<d>\d{1,3})$/;
/** An IPv4 address as the last 32 bits. */
const IPV4_TAIL = /:(?<a>\d{1,3})\.(?<b>\d{1,3})\.(?<c>\d{1,3})\.(?<d>\d{1,3})$/;
const GROUPS = 8;

const inHex = (high: string | undefined, low: string | undefined): string =>
  (Number(high ?? 0) * 256 + Number(low ?? 0)).toString(16);

/** The eight groups of an IPv6 address; undefined: it is not one. */
const groupsOf = (address: string): readonly string[] | undefined => {
  const tail = IPV4_TAIL.exec(address)?.groups;
  const plain =
    tail === undefined
      ? address
      : `${address.replace(IPV4_TAIL, '')}:${inHex(tail.a, tail.b)}:${inHex(tail.c, tail.d)}`;
  const halves = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [front = [], back] = halves;
  if (halves.length > 2) return undefined;
  const missing = GROUPS - front.length - (back?.length ?? 0);
  const groups =
    back === undefined ? front : [...front, ...Array<string>(Math.max(0, missing)).fill('0'), ...back];
  const whole = groups.length === GROUPS && groups.every((group) => /^[\da-f]{1,4}$/i.test(group));
  return whole ? groups : undefined;
};

/** Absolute. What is no address stays as it is, as a name. */
export const reverseName = (address: string): string => {
  const parts = IPV4.exec(address)?.groups;
  if (parts !== undefined) return `${parts.d}.${parts.c}.${parts.b}.${parts.a}.in-addr.arpa.`;
  const groups = address.includes(':') ? groupsOf(address) : undefined;
  if (groups === undefined) return address.replace(/\.?$/, '.');
  const digits = groups.map((group) => group.toLowerCase().padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa.`;
};
