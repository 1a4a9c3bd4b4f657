/** Holds an outcome against what was really the case: so that no wrong expectation can be pasted into a fixture. */
import type { Fixture } from './fixture.ts';
import { pathsTruth } from './truth-paths.ts';
import { readersTruth } from './truth-readers.ts';

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
  (truth.whole !== true || outcome.partial === undefined) &&
  same(outcome.answeredName, truth.name) &&
  (truth.degraded !== true || listOf(outcome.failedServers).length > 0);

/** Tools that give up in the same words whatever happened: the outcome says so. */
const orUnexplained =
  (kind: string): Holds =>
  (outcome) =>
    outcome.kind === kind || (outcome.kind === 'timed-out' && outcome.unexplained === true);

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
    conn_refused: orUnexplained('connection-refused'),
    unreachable: orUnexplained('unreachable'),
    // The kernel keeps "no route" of a router from a UDP socket that does not ask for it, as BIND 9.18's.
    unreachable_or_timeout: is('unreachable', 'timed-out'),
  },
  'dns-query': {
    response: (outcome, truth) =>
      outcome.kind === 'response' &&
      same(
        listOf(outcome.answers)
          .map((answer) => fieldOf(answer, 'data'))
          .join('\n'),
        truth.data === undefined ? undefined : listOf(truth.data).join('\n'),
      ) &&
      same(listOf(outcome.answers).length, truth.n) &&
      (truth.retried !== true || listOf(outcome.failedTries).length > 0) &&
      (truth.slow !== true || numberOf(outcome.queryMs) > 1000),
    'connection-refused': orUnexplained('connection-refused'),
    unreachable: orUnexplained('unreachable'),
    unreachable_or_timeout: is('unreachable', 'timed-out'),
  },
  'tcp-connect': {
    open: is('open'),
    refused: is('refused'),
    timeout: is('timed-out'),
    reset: is('reset'),
    unreachable,
    permission: is('not-permitted'),
    dns: is('name-failure'),
    unreachable_or_timeout: is('unreachable', 'timed-out'),
    open_or_reset: is('open', 'reset'),
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
    proxy: is('proxy-failed'),
    dns: (outcome) =>
      outcome.kind === 'name-failure' || (outcome.kind === 'timed-out' && outcome.phase === 'name'),
    tls: (outcome, truth) =>
      outcome.kind === 'tls-failed' && (WHY[String(truth.why)] ?? []).includes(String(outcome.why)),
  },
  ...pathsTruth,
  ...readersTruth,
};

/** Fields that the outcome must have, word for word: `has: {families: …}`. A field that is undefined in a truth must be missing. */
const hasFields: Holds = (outcome, { has }) =>
  typeof has !== 'object' ||
  has === null ||
  Object.entries(has).every(([field, value]) => JSON.stringify(outcome[field]) === JSON.stringify(value));

/** Facts of TLS that the outcome must have, among others: `tls_facts: {protocol: TLSv1.2}`. */
const hasTlsFacts: Holds = ({ tls }, { tls_facts: facts }) =>
  typeof facts !== 'object' ||
  facts === null ||
  Object.entries(facts).every(
    ([field, value]) => JSON.stringify(fieldOf(tls, field)) === JSON.stringify(value),
  );

/** What some tools cannot tell, however they are read. BusyBox: which nameserver failed before; whether others may ping; ICMP errors. */
const asToolSees = (probe: string, flavour: string, truth: Truth): Truth => {
  const { degraded: _, has: __, errors: ___, retried: ____, ...rest } = truth;
  if (flavour === 'busybox')
    return probe === 'icmp-echo' && truth.k === 'ok' ? { k: 'ok_or_permission' } : { ...rest, k: truth.k };
  // BIND 9.16: which nameserver failed before, and that one does no recursion.
  return flavour === 'bullseye' &&
    (truth.degraded === true || truth.retried === true || fieldOf(truth.has, 'recursionUnavailable') === true)
    ? { ...rest, k: truth.k }
    : truth;
};

/** `noise`: text that must not be understood. `not-run`: the tool gave no answer, and the outcome says so. */
export const judge = (probe: string, flavour: string, really: Truth, outcome: Outcome): Judgement => {
  const truth = asToolSees(probe, flavour, really);
  // The tool kept back what it heard, and that is all that there is to say.
  if (outcome.kind === 'did-not-run') return truth.k === 'not_told' ? 'right' : 'not-run';
  if (truth.k === 'noise') return outcome.kind === 'unreadable' ? 'right' : 'wrong';
  if (outcome.kind === 'unreadable') return 'unreadable';
  // A word that the table does not have is the kind of outcome itself.
  const holds = TABLE[probe]?.[truth.k] ?? is(truth.k);
  return holds(outcome, truth) && hasFields(outcome, truth) && hasTlsFacts(outcome, truth)
    ? 'right'
    : 'wrong';
};
