/** What nameservers did that did not answer, and what their failures come to together. */

/** What one nameserver did that did not answer. */
export interface NameserverFailure {
  readonly server: string;
  readonly why: 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' | 'query-refused';
  /** Set where the query that failed went over TCP, as it does after a truncated answer over UDP. */
  readonly transport?: 'tcp' | undefined;
}

/** No nameserver gave a final answer. */
export type NoAnswer =
  | {
      readonly kind: 'timed-out' | 'connection-refused' | 'unreachable';
      readonly failedServers: readonly NameserverFailure[];
    }
  | {
      readonly kind: 'server-failure';
      readonly server: string;
      readonly failedServers: readonly NameserverFailure[];
    };

/** Each nameserver's failure once, in the order of first sight. */
export const distinct = (failures: readonly NameserverFailure[]): readonly NameserverFailure[] =>
  failures.filter(
    (failure, index) =>
      failures.findIndex(
        ({ server, why, transport }) =>
          server === failure.server && why === failure.why && transport === failure.transport,
      ) === index,
  );

/** What all failures together come to, where no nameserver gave a final answer. */
export const overall = (seen: readonly NameserverFailure[]): NoAnswer => {
  // A server that was refused or unreachable in one try and silent in another is not silent: kernels ration what they say of either
  // (icmp_ratelimit, and error_cost of a route).
  const refusers = seen
    .filter(({ why }) => why === 'connection-refused' || why === 'unreachable')
    .map(({ server }) => server);
  const failures = seen.filter(({ server, why }) => why !== 'timed-out' || !refusers.includes(server));
  const all = (why: NameserverFailure['why']): boolean => failures.every((failure) => failure.why === why);
  const failedServers = distinct(failures);
  if (failures.length === 0) return { kind: 'timed-out', failedServers };
  const answer = failures.find(({ why }) => why === 'server-failure');
  if (answer !== undefined) return { kind: 'server-failure', server: answer.server, failedServers };
  if (all('connection-refused')) return { kind: 'connection-refused', failedServers };
  if (all('unreachable')) return { kind: 'unreachable', failedServers };
  return {
    kind: failures.some(({ why }) => why === 'timed-out') ? 'timed-out' : 'unreachable',
    failedServers,
  };
};
