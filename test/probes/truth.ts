/** Holds an outcome against what was really the case: so that no wrong expectation can be pasted into a fixture. */
import type { Fixture } from './fixture.ts';

export const JUDGEMENTS = ['right', 'not-run', 'unreadable', 'wrong'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

type Truth = Fixture['truth'];
interface Outcome {
  readonly kind: string;
  readonly [field: string]: unknown;
}
type Holds = (outcome: Outcome, truth: Truth) => boolean;

const is =
  (...kinds: readonly string[]): Holds =>
  ({ kind }) =>
    kinds.includes(kind);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
/** A truth that names no detail holds for any. */
const same = (told: unknown, really: unknown): boolean => really === undefined || told === really;

const addressesOf = (outcome: Outcome): readonly unknown[] =>
  listOf(outcome.addresses).map((address) => fieldOf(address, 'address'));

const answered: Holds = (outcome, truth) =>
  outcome.kind === 'answered' &&
  listOf(truth.a).every((address) => addressesOf(outcome).includes(address)) &&
  same(addressesOf(outcome).length, truth.n) &&
  same(outcome.partial, truth.partial) &&
  same(outcome.answeredName, truth.name) &&
  (truth.degraded !== true || listOf(outcome.failedServers).length > 0);

const unreachable: Holds = (outcome, truth) =>
  outcome.kind === 'unreachable' && same(outcome.which, truth.which);

const WHY: Readonly<Record<string, readonly string[]>> = {
  expired: ['expired'],
  version: ['protocol-version'],
  not_tls: ['not-tls'],
  name: ['name-mismatch'],
  self_signed: ['self-signed'],
  untrusted: ['untrusted'],
  not_yet_valid: ['not-yet-valid'],
  handshake: ['handshake'],
  client_certificate: ['client-certificate'],
};

const responded: Holds = (outcome, truth) => {
  const phases = outcome.phases;
  return (
    outcome.kind === 'responded' &&
    same(outcome.status, truth.status) &&
    (truth.min_ttfb === undefined ||
      numberOf(fieldOf(phases, 'firstByte')) >= numberOf(truth.min_ttfb) * 1000) &&
    (truth.min_dns === undefined || numberOf(fieldOf(phases, 'name')) >= numberOf(truth.min_dns) * 1000) &&
    (truth.tls !== true || fieldOf(phases, 'tls') !== undefined)
  );
};

const timedOut: Holds = (outcome, truth) => {
  const phase = truth.phase === 'dns' ? 'name' : truth.phase === 'ttfb' ? 'first-byte' : truth.phase;
  return outcome.kind === 'timed-out' && same(outcome.phase, phase);
};

const TABLE: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  'dns-lookup': {
    ok: answered,
    ok_v6_only: (outcome) =>
      outcome.kind === 'answered' && addressesOf(outcome).every((address) => String(address).includes(':')),
    nodata: is('no-data'),
    nxdomain: is('not-found'),
    servfail: is('server-failure'),
    refused: is('query-refused'),
    pointers: (outcome, truth) =>
      outcome.kind === 'answered' &&
      listOf(outcome.pointers).length > 0 &&
      (truth.degraded !== true || listOf(outcome.failedServers).length > 0),
    timeout: is('timed-out'),
    conn_refused: is('connection-refused'),
    unreachable: is('unreachable'),
  },
  'tcp-connect': {
    open: is('open'),
    refused: is('refused'),
    timeout: is('timed-out'),
    reset: is('reset'),
    unreachable,
    permission: is('not-permitted'),
    dns: is('name-failure'),
  },
  'http-get': {
    http: responded,
    // Without -v curl does not tell the two apart, and says so.
    refused: is('refused', 'connect-failed'),
    unreachable: (outcome, truth) => unreachable(outcome, truth) || outcome.kind === 'connect-failed',
    unreachable_or_timeout: (outcome) =>
      unreachable(outcome, { k: '' }) || is('timed-out', 'connect-failed')(outcome, { k: '' }),
    timeout: timedOut,
    reset: is('reset'),
    empty: is('empty'),
    protocol: is('not-http'),
    partial: is('partial'),
    dns: (outcome) =>
      outcome.kind === 'name-failure' || (outcome.kind === 'timed-out' && outcome.phase === 'name'),
    tls: (outcome, truth) =>
      outcome.kind === 'tls-failed' && (WHY[String(truth.why)] ?? []).includes(String(outcome.why)),
  },
  'icmp-echo': {
    ok: (outcome) => outcome.kind === 'replied' && outcome.received === outcome.sent,
    ok_or_permission: is('replied', 'not-permitted'),
    some_loss: (outcome) => outcome.kind === 'replied' && numberOf(outcome.received) < numberOf(outcome.sent),
    loss: is('no-reply'),
    // BusyBox's ping sees nothing but the silence; with a short wait, neither does any other of a host that is down.
    host_unreachable: (outcome, truth) => unreachable(outcome, truth) || outcome.kind === 'no-reply',
    unreachable: (outcome, truth) =>
      unreachable(outcome, truth) || (truth.loss === 100 && outcome.kind === 'no-reply'),
    dns: is('name-failure'),
    mtu: (outcome, truth) =>
      outcome.kind === 'too-big' && (outcome.mtu === undefined || same(outcome.mtu, truth.mtu)),
    permission: is('not-permitted'),
  },
  interface: {
    addresses: (outcome, truth) =>
      outcome.kind === 'addresses' && same(addressesOf(outcome).join(' '), truth.addresses),
    routes: (outcome, truth) =>
      outcome.kind === 'routes' && same(listOf(outcome.defaults).length, truth.defaults),
  },
  'resolv-conf': {
    'resolv-conf': (outcome, truth) =>
      outcome.kind === 'resolv-conf' && same(listOf(outcome.nameservers).join(' '), truth.nameservers),
  },
};

/** Fields that the outcome must have, word for word: `has: {families: …}`. A field that is undefined in a truth must be missing. */
const hasFields: Holds = (outcome, { has }) =>
  typeof has !== 'object' ||
  has === null ||
  Object.entries(has).every(([field, value]) => JSON.stringify(outcome[field]) === JSON.stringify(value));

/** What BusyBox's tools cannot tell, however they are read: which nameserver failed before; whether others may ping. */
const asBusyboxSees = (probe: string, { degraded: _, ...truth }: Truth): Truth =>
  probe === 'icmp-echo' && truth.k === 'ok' ? { k: 'ok_or_permission' } : { ...truth, k: truth.k };

/** `noise`: text that must not be understood. `not-run`: the tool gave no answer, and the outcome says so. */
export const judge = (probe: string, flavour: string, really: Truth, outcome: Outcome): Judgement => {
  const truth = flavour === 'busybox' ? asBusyboxSees(probe, really) : really;
  // The tool kept back what it heard, and that is all that there is to say.
  if (outcome.kind === 'did-not-run') return truth.k === 'not_told' ? 'right' : 'not-run';
  if (truth.k === 'noise') return outcome.kind === 'unreadable' ? 'right' : 'wrong';
  if (outcome.kind === 'unreadable') return 'unreadable';
  // A word that the table does not have is the kind of outcome itself.
  const holds = TABLE[probe]?.[truth.k] ?? is(truth.k);
  return holds(outcome, truth) && hasFields(outcome, truth) ? 'right' : 'wrong';
};
