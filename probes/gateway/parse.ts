/** Reads the steps of script.sh.ts: `ip route`, `ping` and `ip neigh`, of iproute2 and BusyBox, or their likes in /proc. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { parseIcmpEcho } from '../icmp-echo/parse.ts';
import { readIpAddress } from '../shared/ip-address.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { didNotRun, readOutput, type Seen } from '../shared/read-output.ts';
import { type Step, stepsOf } from '../shared/steps.ts';
import type { DefaultLink, Gateway, GatewayOutcome, NeighbourState } from './probe.ts';

const STATES: Readonly<Record<string, NeighbourState>> = {
  NONE: 'NONE',
  INCOMPLETE: 'INCOMPLETE',
  REACHABLE: 'REACHABLE',
  STALE: 'STALE',
  DELAY: 'DELAY',
  PROBE: 'PROBE',
  FAILED: 'FAILED',
  NOARP: 'NOARP',
  PERMANENT: 'PERMANENT',
};
/** 10.77.0.1 lladdr 52:54:00:12:34:56 router REACHABLE; 10.77.0.9  FAILED; BusyBox: 10.77.0.9  ref 1 used 0/0/0 probes 6 INCOMPLETE */
const NEIGHBOUR =
  /^[\da-fA-F.:]{2,45} (?:[\w/:.-]{0,64} ){0,14}(?<state>[A-Z]{4,10}) ?(?:proto \w{1,20} ?)?$/;
/** BusyBox does not tell the ways of a route that has several. */
const WAYS_UNTOLD = /^default *\n(?![ \t]{1,9}nexthop )/m;
/** The flags of /proc/net/arp: 2 is complete, 4 is permanent. */
const ARP_FLAGS = /^0x(?<flags>[\da-f]{1,4})$/;

const FAMILIES = ['ipv4', 'ipv6'] as const;
const linkOf = ({ words: [family, name] }: Step): DefaultLink | undefined => {
  const found = FAMILIES.find((one) => one === family);
  return found === undefined || name === undefined ? undefined : { family: found, interface: name };
};

type Asked = Pick<Gateway, 'reply' | 'rttMs'>;

const replyOf = (ping: Step | undefined): Asked | undefined => {
  if (ping === undefined) return { reply: 'not-asked' };
  if (ping.exit === undefined) return undefined;
  // The script joins both streams; each line is of one or the other.
  const outcome = parseIcmpEcho({ exitCode: ping.exit, stdout: ping.text, stderr: ping.text, cut: [] });
  switch (outcome.kind) {
    case 'replied':
      return outcome.rttMs === undefined
        ? { reply: 'replied' }
        : { reply: 'replied', rttMs: outcome.rttMs.min };
    case 'no-reply':
    case 'unreachable':
    case 'not-permitted':
      return { reply: outcome.kind };
    case 'did-not-run':
      return { reply: 'not-asked' };
    case 'too-big':
    case 'name-failure':
    case 'unreadable':
      return undefined;
  }
};

/** `unreadable`: there is an entry, and it is not understood. */
const neighbourOf = (steps: readonly Step[]): NeighbourState | 'unreadable' | undefined => {
  for (const { name, words, text } of steps) {
    if (name === 'arp') {
      const flags = Number.parseInt(ARP_FLAGS.exec(words[0] ?? '')?.groups?.flags ?? '', 16);
      if (Number.isNaN(flags)) return 'unreadable';
      return (flags & 4) !== 0 ? 'PERMANENT' : (flags & 2) !== 0 ? 'VALID' : 'INCOMPLETE';
    }
    if (name !== 'neighbour') continue;
    const lines = linesOf(text).filter((line) => line !== '');
    if (lines.length === 0) return undefined;
    return STATES[matchesOf(lines, NEIGHBOUR)[0]?.state ?? ''] ?? 'unreadable';
  }
  return undefined;
};

const gatewayOf = (steps: readonly Step[], index: number): Gateway | undefined => {
  const step = steps[index];
  const link = step === undefined ? undefined : linkOf(step);
  const address = readIpAddress(step?.words[2] ?? '')?.address;
  const rest = steps.slice(index + 1);
  const next = rest.findIndex(({ name }) => !['ping', 'neighbour', 'arp'].includes(name));
  const own = next === -1 ? rest : rest.slice(0, next);
  const asked = replyOf(own.find(({ name }) => name === 'ping'));
  const neighbour = neighbourOf(own);
  if (link === undefined || address === undefined || asked === undefined || neighbour === 'unreadable')
    return undefined;
  return { ...link, address, ...asked, ...(neighbour === undefined ? {} : { neighbour }) };
};

/** Each family's routes were read, from one place or the other. */
const readAll = (steps: readonly Step[]): boolean =>
  FAMILIES.every((family) =>
    steps.some(
      ({ name, words, exit, text }) =>
        words[0] === family &&
        ((name === 'routes' && exit === 0 && !WAYS_UNTOLD.test(text)) ||
          (name === 'proc' && exit === undefined)),
    ),
  );

const NAMES: readonly string[] = ['routes', 'proc', 'gateway', 'ping', 'neighbour', 'arp', 'on-link', 'dead'];

const read = (seen: Seen): GatewayOutcome | DidNotRun | undefined => {
  const steps = seen.exit === 0 && !seen.cut.includes('stdout') ? stepsOf(seen.stdout) : undefined;
  if (steps === undefined || !steps.every(({ name }) => NAMES.includes(name))) return undefined;
  const missing = steps.find(({ name, exit }) => name === 'routes' && exit === 127);
  if (!readAll(steps)) return missing === undefined ? undefined : didNotRun('tool-missing', missing.text);
  const found = steps.flatMap(({ name }, index) => (name === 'gateway' ? [gatewayOf(steps, index)] : []));
  const gateways = found.filter((gateway) => gateway !== undefined);
  if (gateways.length < found.length) return undefined;
  const links = steps.filter(({ name }) => name === 'on-link').flatMap((step) => linkOf(step) ?? []);
  const onLink = links.length === 0 ? {} : { onLink: links };
  return gateways.length === 0
    ? { kind: 'no-gateway', ...onLink }
    : { kind: 'gateways', gateways, ...onLink };
};

export const parseGateway = (output: ToolOutput): GatewayOutcome | Unreadable | DidNotRun =>
  readOutput(output, read);
