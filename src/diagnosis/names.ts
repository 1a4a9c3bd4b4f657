/** Reads the DNS lookups together: does each kind of name resolve, and if not, what is it that happens. */
import type { Evidence } from '../model/evidence.ts';
import { type Answered, type Lookup, whyWrong } from './answers.ts';
import {
  clusterDnsBypass,
  type NamesEvidence,
  type NamesSeen,
  podServers,
  resolvConfOf,
} from './nameservers.ts';
import { type Measured, measured, ofPurpose } from './observed.ts';

export { failureLines } from './name-text.ts';
export type { NamesEvidence, NamesSeen } from './nameservers.ts';
export { resolvConfOf } from './nameservers.ts';
export type { Answered, Lookup };

type Outcome = Measured<Lookup['outcome']>;
/** `wrong-answer`: addresses came that cannot be right. */
export type FailureKind = Exclude<Outcome['kind'], 'answered'> | 'wrong-answer';
export type NamePurpose = 'cluster-name' | 'external-name';

export interface FailedLookup {
  readonly lookup: Lookup;
  readonly outcome: Outcome;
  readonly kind: FailureKind;
  /** For a wrong answer: what came, in words. */
  readonly why?: string;
}

export type NameState =
  /** `failed`: lookups of the same purpose that failed beside it. */
  | {
      readonly state: 'ok';
      readonly lookup: Lookup;
      readonly outcome: Answered;
      readonly failed: readonly FailedLookup[];
    }
  /** `kind`: what it failed with, where several things happened the one that tells most. */
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly failed: readonly FailedLookup[] }
  /** `why` is there where all was measured and still cannot be told. */
  | { readonly state: 'unknown'; readonly lookups: readonly Lookup[]; readonly why?: string }
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
  'wrong-answer',
  'not-found',
  'no-data',
];
const REFUSALS: readonly FailureKind[] = ['connection-refused', 'unreachable'];
/** Answers that a server gives for names that it does not know. */
const UNKNOWING: readonly FailureKind[] = ['not-found', 'no-data', 'wrong-answer'];

const isAbsolute = ({ question: { name } }: Lookup): boolean => name.endsWith('.');

/**
 * Whether it has failed although other lookups of the purpose brought nothing. Another site might still resolve, and the other
 * form of the cluster's name; where the cluster's domain is not cluster.local, the absolute name is passed to the upstream
 * servers, whose failure it then tells. A port that refuses does so for every name.
 */
const provenBy = (
  kind: FailureKind,
  failed: readonly FailedLookup[],
  purpose: NamePurpose,
  domainIsUsual: boolean,
): boolean => {
  if (purpose === 'external-name' || UNKNOWING.includes(kind)) return false;
  return (
    REFUSALS.includes(kind) ||
    domainIsUsual ||
    failed.some((one) => one.kind === kind && !isAbsolute(one.lookup))
  );
};

const stateOf = (seen: NamesSeen, evidence: NamesEvidence, purpose: NamePurpose): NameState => {
  const asked = ofPurpose(seen['dns-lookup'], purpose);
  if (asked.length === 0) return { state: 'not-asked' };
  const right: { readonly lookup: Lookup; readonly outcome: Answered }[] = [];
  const failed: FailedLookup[] = [];
  const unmeasured: Lookup[] = [];
  for (const lookup of asked) {
    const outcome = measured(lookup.outcome);
    if (outcome === undefined) unmeasured.push(lookup);
    else if (outcome.kind !== 'answered') failed.push({ lookup, outcome, kind: outcome.kind });
    else {
      const why = whyWrong(lookup, outcome, evidence);
      if (why === undefined) right.push({ lookup, outcome });
      else failed.push({ lookup, outcome, kind: 'wrong-answer', why });
    }
  }
  const [first] = right;
  if (first !== undefined) return { state: 'ok', ...first, failed };
  const kind = TELLING.find((candidate) => failed.some((one) => one.kind === candidate));
  const usual =
    resolvConfOf(seen)?.search.some((domain) => /^svc\.cluster\.local\.?$/i.test(domain)) === true;
  return kind === undefined || (unmeasured.length > 0 && !provenBy(kind, failed, purpose, usual))
    ? { state: 'unknown', lookups: unmeasured }
    : { state: 'failed', kind, failed };
};

/**
 * Whether TCP 53 of the servers that were silent refuses. TCP asks again after a second, so where the port refuses, TCP hears of
 * it for sure. Other servers' ports tell nothing.
 */
const tcpRefused = (seen: NamesSeen, servers: readonly string[]): boolean => {
  const asked = ofPurpose(seen['tcp-connect'], 'nameserver').filter(({ question }) =>
    servers.includes(question.host),
  );
  return asked.length > 0 && asked.every(({ outcome }) => measured(outcome)?.kind === 'refused');
};

/** Silence beside refusals of the same servers is refusal: see TELLING. */
const settled = (state: NameState, other: NameState, seen: NamesSeen, evidence: NamesEvidence): NameState => {
  if (state.state !== 'failed' || state.kind !== 'timed-out' || other.state === 'ok') return state;
  if (other.state === 'failed' && REFUSALS.includes(other.kind)) return { ...state, kind: other.kind };
  const named = serversOf(state.failed);
  return tcpRefused(seen, named.length > 0 ? named : (podServers(seen, evidence) ?? []))
    ? { ...state, kind: 'connection-refused' }
    : state;
};

export interface Names {
  readonly cluster: NameState;
  readonly external: NameState;
  /** Why cluster names need not resolve in this pod. */
  readonly bypass: string | undefined;
}

/** `known` may be the pod alone: what is not given counts as not known. */
export const readNames = (seen: NamesSeen, known: NamesEvidence | Evidence['pod']): Names => {
  const evidence: NamesEvidence = 'state' in known ? { pod: known } : known;
  const [a, b] = [stateOf(seen, evidence, 'cluster-name'), stateOf(seen, evidence, 'external-name')];
  const external = settled(b, a, seen, evidence);
  const cluster = settled(a, b, seen, evidence);
  const bypass = clusterDnsBypass(seen, evidence);
  return { cluster: bypass === undefined ? cluster : unneeded(cluster, external, bypass), external, bypass };
};

/** Where the pod does not use cluster DNS, a cluster name that does not resolve says nothing, unless no server answers at all. */
const unneeded = (cluster: NameState, external: NameState, why: string): NameState => {
  if (cluster.state !== 'failed') return cluster;
  if (UNKNOWING.includes(cluster.kind) || external.state === 'ok')
    return { state: 'not-applicable', why, failed: cluster.failed };
  // Some servers say so of names that are none of theirs; whether it is that, another name would tell.
  return external.state !== 'failed' && ['server-failure', 'query-refused'].includes(cluster.kind)
    ? {
        state: 'unknown',
        lookups: [],
        why: `the nameserver fails for cluster names, which it need not know (${why}); no other name was measured`,
      }
    : cluster;
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
