/** Reads the lookups of both purposes together: what one of them tells of the other, and of the pod's nameservers. */
import { serversOf } from './name-failures.ts';
import { type FailedLookup, type NameState, nameState, REFUSALS, UNKNOWING } from './name-state.ts';
import { clusterDnsBypass, type NamesEvidence, type NamesSeen, podServers } from './nameservers.ts';
import { measured, ofPurpose } from './observed.ts';

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

/** Silence beside refusals of the same servers is refusal: see `TELLING` in name-state.ts. */
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
  /** Of a Service that the pod was asked to reach. */
  readonly destination: NameState;
  /** Why cluster names need not resolve in this pod. */
  readonly bypass: string | undefined;
  /** Failures of a server that was asked by itself, over UDP, and that answered lookups of the pod's own. */
  readonly besides: readonly FailedLookup[];
}

const besidesOf = (seen: NamesSeen, states: readonly NameState[]): readonly FailedLookup[] => {
  const answering = states.flatMap((name) => (name.state === 'ok' ? [name.outcome.server] : []));
  return ofPurpose(seen['dns-lookup'], 'nameserver-lookup').flatMap((lookup) => {
    const { server, transport } = lookup.question;
    const outcome = measured(lookup.outcome);
    return transport !== 'tcp' &&
      server !== undefined &&
      answering.includes(server) &&
      outcome !== undefined &&
      outcome.kind !== 'answered'
      ? [{ lookup, outcome, kind: outcome.kind }]
      : [];
  });
};

export const readNames = (seen: NamesSeen, evidence: NamesEvidence): Names => {
  const [a, b] = [nameState(seen, evidence, 'cluster-name'), nameState(seen, evidence, 'external-name')];
  const c = nameState(seen, evidence, 'destination-name');
  const external = settled(b, a, seen, evidence);
  const destination = settled(c, a, seen, evidence);
  const cluster = settled(a, b, seen, evidence);
  const bypass = clusterDnsBypass(seen, evidence);
  return {
    cluster: bypass === undefined ? cluster : unneeded(cluster, external, bypass),
    external,
    destination,
    bypass,
    besides: besidesOf(seen, [cluster, external, destination]),
  };
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
