/** Reads the DNS lookups together: does each kind of name resolve, and if not, what is it that happens. */
import type { Observation } from '../../probes/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { Seen } from '../model/rule.ts';
import { type Measured, measured, ofPurpose } from './observed.ts';

export type Lookup = Extract<Observation, { probe: 'dns-lookup' }>;
type Outcome = Measured<Lookup['outcome']>;
export type Answered = Extract<Outcome, { kind: 'answered' }>;
export type FailureKind = Exclude<Outcome['kind'], 'answered'>;
export type NamePurpose = 'cluster-name' | 'external-name';

export interface FailedLookup {
  readonly lookup: Lookup;
  readonly outcome: Exclude<Outcome, Answered>;
}

export type NameState =
  | { readonly state: 'ok'; readonly lookup: Lookup; readonly outcome: Answered }
  /** `kind`: what it failed with, where several things happened the one that tells most. */
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly failed: readonly FailedLookup[] }
  | { readonly state: 'unknown'; readonly lookups: readonly Lookup[] }
  | { readonly state: 'not-asked' }
  | { readonly state: 'not-applicable'; readonly why: string; readonly failed: readonly FailedLookup[] };

/**
 * An rcode tells more than silence: something answered. A refused port too: the kernel limits how many ICMP errors it sends, so
 * of several queries that are refused some hear nothing. NXDOMAIN last, as one form of a name may rightly not exist.
 */
const TELLING: readonly FailureKind[] = [
  'server-failure',
  'query-refused',
  'connection-refused',
  'unreachable',
  'timed-out',
  'not-found',
  'no-data',
];
const ANSWERS: readonly FailureKind[] = ['server-failure', 'query-refused', 'not-found', 'no-data'];

const isFailed = (outcome: Outcome): outcome is FailedLookup['outcome'] => outcome.kind !== 'answered';

const stateOf = (lookups: readonly Lookup[], purpose: NamePurpose): NameState => {
  const asked = ofPurpose(lookups, purpose);
  if (asked.length === 0) return { state: 'not-asked' };
  const failed: FailedLookup[] = [];
  const unmeasured: Lookup[] = [];
  for (const lookup of asked) {
    const outcome = measured(lookup.outcome);
    if (outcome === undefined) unmeasured.push(lookup);
    else if (isFailed(outcome)) failed.push({ lookup, outcome });
    else return { state: 'ok', lookup, outcome };
  }
  const kind = TELLING.find((candidate) => failed.some(({ outcome }) => outcome.kind === candidate));
  // The other form of the cluster's name, or another site's, might still resolve. A server that is silent is so for both.
  const othersMatter = purpose === 'external-name' || kind === 'not-found' || kind === 'no-data';
  return kind === undefined || (othersMatter && unmeasured.length > 0)
    ? { state: 'unknown', lookups: unmeasured }
    : { state: 'failed', kind, failed };
};

/** Why cluster names need not resolve in this pod; undefined where they must. */
export const clusterDnsBypass = (pod: Pod): string | undefined => {
  const { dnsPolicy = 'ClusterFirst', hostNetwork } = pod.spec;
  if (dnsPolicy === 'Default' || dnsPolicy === 'None') return `dnsPolicy ${dnsPolicy}`;
  if (hostNetwork === true && dnsPolicy === 'ClusterFirst')
    return 'hostNetwork without dnsPolicy ClusterFirstWithHostNet';
  return undefined;
};

/** Silence beside refusals of the same servers is refusal: see TELLING. */
const alike = (a: NameState, b: NameState, tcpRefused: boolean): readonly [NameState, NameState] => {
  const refused = [a, b].find((state) => state.state === 'failed' && REFUSALS.includes(state.kind));
  const settle = (state: NameState): NameState =>
    state.state !== 'failed' || state.kind !== 'timed-out'
      ? state
      : refused?.state === 'failed'
        ? { ...state, kind: refused.kind }
        : tcpRefused
          ? { ...state, kind: 'connection-refused' }
          : state;
  return [settle(a), settle(b)];
};
const REFUSALS: readonly FailureKind[] = ['connection-refused', 'unreachable'];

export type NamesSeen = Seen<'dns-lookup' | 'tcp-connect'>;

/** TCP asks again after a second, so where port 53 refuses, TCP hears of it for sure. Every nameserver has to refuse. */
const tcpRefused = (connects: NamesSeen['tcp-connect']): boolean => {
  const asked = ofPurpose(connects, 'nameserver');
  return asked.length > 0 && asked.every(({ outcome }) => measured(outcome)?.kind === 'refused');
};

export interface Names {
  readonly cluster: NameState;
  readonly external: NameState;
}

/** Where the pod does not use the cluster's DNS, a cluster name that does not resolve says nothing, unless no server answers at all. */
export const readNames = (seen: NamesSeen, pod: Evidence['pod']): Names => {
  const lookups = seen['dns-lookup'];
  const [cluster, external] = alike(
    stateOf(lookups, 'cluster-name'),
    stateOf(lookups, 'external-name'),
    tcpRefused(seen['tcp-connect']),
  );
  const bypass = pod.state === 'known' ? clusterDnsBypass(pod.value) : undefined;
  if (cluster.state !== 'failed' || bypass === undefined) return { cluster, external };
  return ANSWERS.includes(cluster.kind) || external.state === 'ok'
    ? { cluster: { state: 'not-applicable', why: bypass, failed: cluster.failed }, external }
    : { cluster, external };
};

export interface NameFailures {
  /** The purpose where only one kind of name fails so; undefined where both do. */
  readonly about: NamePurpose | undefined;
  readonly failed: readonly FailedLookup[];
}

/** The lookups of the purposes that fail with this kind. */
export const failuresOf = ({ cluster, external }: Names, kind: FailureKind): NameFailures | undefined => {
  const clusterFails = cluster.state === 'failed' && cluster.kind === kind;
  const externalFails = external.state === 'failed' && external.kind === kind;
  if (!clusterFails && !externalFails) return undefined;
  return {
    about: clusterFails && externalFails ? undefined : clusterFails ? 'cluster-name' : 'external-name',
    failed: [...(clusterFails ? cluster.failed : []), ...(externalFails ? external.failed : [])],
  };
};

/** Servers that these lookups failed on, as far as the tool named them. */
export const serversOf = (failed: readonly FailedLookup[]): readonly string[] => [
  ...new Set(
    failed.flatMap(({ outcome }) => [
      ...('server' in outcome && outcome.server !== undefined ? [outcome.server] : []),
      ...outcome.failedServers.map(({ server }) => server),
    ]),
  ),
];

const KIND_WORDS: Record<FailureKind, string> = {
  'server-failure': 'SERVFAIL',
  'query-refused': 'REFUSED',
  'timed-out': 'no answer in time',
  'connection-refused': 'port 53 refused',
  unreachable: 'nameserver unreachable',
  'not-found': 'NXDOMAIN',
  'no-data': 'no address records',
};

/** `example.com.: SERVFAIL` */
export const failureLines = (failed: readonly FailedLookup[]): readonly string[] =>
  failed.map(({ lookup, outcome }) => `${lookup.question.name}: ${KIND_WORDS[outcome.kind]}`);
