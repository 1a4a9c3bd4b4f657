/** The truth of the probes that try ways: echoes, path MTU, gateways, UDP. */

type Fields = Readonly<Record<string, unknown>>;
/** Whether an outcome tells what was really the case. A truth that names no detail holds for any. */
type Holds = (outcome: Fields, truth: Fields) => boolean;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const same = (told: unknown, really: unknown): boolean => really === undefined || told === really;
const is =
  (...kinds: readonly string[]): Holds =>
  ({ kind }) =>
    kinds.includes(String(kind));

/** The named fields of each, in the order told: `host 1, network 2`. */
const told = (list: unknown, ...names: readonly string[]): string =>
  listOf(list)
    .map((item) => names.map((name) => item[name] ?? '-').join(' '))
    .join(', ');

const unreachable: Holds = ({ kind, which }, truth) => kind === 'unreachable' && same(which, truth.which);
const errors: Holds = (outcome, truth) => same(told(outcome.errors, 'kind', 'count'), truth.errors);

const echo: Readonly<Record<string, Holds>> = {
  ok: ({ kind, sent, received, duplicates }, truth) =>
    kind === 'replied' && received === sent && (truth.duplicates !== true || Number(duplicates) > 0),
  ok_or_permission: is('replied', 'not-permitted'),
  some_loss: (outcome, truth) =>
    outcome.kind === 'replied' && Number(outcome.received) < Number(outcome.sent) && errors(outcome, truth),
  loss: is('no-reply'),
  // BusyBox's ping sees nothing but the silence; with a short wait, neither does any other of a host that is down.
  host_unreachable: (outcome, truth) => unreachable(outcome, truth) || outcome.kind === 'no-reply',
  unreachable: (outcome, truth) =>
    (unreachable(outcome, truth) && errors(outcome, truth)) ||
    (truth.loss === 100 && outcome.kind === 'no-reply'),
  dns: is('name-failure'),
  mtu: (outcome, truth) =>
    outcome.kind === 'too-big' && (outcome.mtu === undefined || same(outcome.mtu, truth.mtu)),
  permission: is('not-permitted'),
};

/** States in which the kernel knows where to send: it has been answered. */
const KNOWN = ['REACHABLE', 'STALE', 'DELAY', 'PROBE', 'PERMANENT', 'VALID'];

const gateway: Readonly<Record<string, Holds>> = {
  gateways: ({ kind, gateways, onLink }, truth) => {
    const states = listOf(gateways).map(({ neighbour }) => neighbour);
    const replies = told(gateways, 'family', 'address', 'reply');
    const only = Array.isArray(truth.neighbours) ? truth.neighbours : undefined;
    return (
      kind === 'gateways' &&
      (same(replies, truth.gateways) || (Array.isArray(truth.or) && truth.or.includes(replies))) &&
      same(told(onLink, 'family', 'interface'), truth.onLink) &&
      (truth.known !== true || states.every((state) => KNOWN.includes(String(state)))) &&
      (only === undefined || states.every((state) => only.includes(state ?? 'none')))
    );
  },
  'no-gateway': ({ kind, onLink }, truth) =>
    kind === 'no-gateway' && same(told(onLink, 'family', 'interface'), truth.onLink),
};

const pathMtu: Readonly<Record<string, Holds>> = {
  measured: (outcome, truth) =>
    outcome.kind === 'measured' &&
    ['linkMtu', 'routeMtu', 'told', 'toldBy'].every((field) => same(outcome[field], truth[field])) &&
    same(outcome.mtu, truth.mtu) &&
    // Found by halves: it lies between what came back and what did not.
    (truth.between === undefined ||
      (Number(outcome.mtu) <= Number(truth.between) && Number(truth.between) < Number(outcome.tooBig))),
  unreachable: (outcome, truth) =>
    unreachable(outcome, truth) && same(outcome.payloadBytes !== undefined, truth.larger ?? false),
};

const udp: Readonly<Record<string, Holds>> = {
  replied: ({ kind, bytes }, truth) => kind === 'replied' && same(bytes, truth.bytes),
  silent: ({ kind, heard }, truth) => kind === 'silent' && same(heard, truth.heard),
  refused: ({ kind }, truth) => kind === 'refused' || kind === truth.or,
  unreachable,
};

export const pathsTruth: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  'icmp-echo': echo,
  gateway,
  'path-mtu': pathMtu,
  'udp-exchange': udp,
};
