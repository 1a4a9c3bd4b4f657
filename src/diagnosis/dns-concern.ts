/** Whether a fault of the DNS Service is this pod's trouble: whether the servers that failed it are that Service. */
import type { Service } from '../model/kubernetes.ts';
import type { Answered } from './answers.ts';
import { clusterIPs } from './endpoints.ts';
import { serversOf } from './name-failures.ts';
import { readNames } from './names.ts';
import { haveServiceIP, isNodeLocal, type NamesEvidence, type NamesSeen, podServers } from './nameservers.ts';

export interface DnsConcern {
  /** `cache`: a cache on the node, which asks the same pods. `unknown`: no server was named, and no resolv.conf read. */
  readonly who: 'service' | 'cache' | 'other' | 'unknown';
  readonly failing: boolean;
  readonly works: boolean;
}

export const dnsConcern = (seen: NamesSeen, evidence: NamesEvidence, service: Service): DnsConcern => {
  const { cluster, external, destination, bypass } = readNames(seen, evidence);
  const failed = [cluster, external, destination].flatMap((name) =>
    name.state === 'failed' ? name.failed : [],
  );
  const named = serversOf(failed);
  const servers = named.length > 0 ? named : podServers(seen, evidence);
  const who = (): DnsConcern['who'] => {
    if (servers === undefined) return bypass === undefined ? 'unknown' : 'other';
    if (haveServiceIP(servers, clusterIPs(service))) return 'service';
    return servers.some(isNodeLocal) ? 'cache' : 'other';
  };
  const ips = clusterIPs(service);
  // Another nameserver of the pod answered in its place.
  const passedOver = ({ server, failedServers }: Answered): boolean =>
    !haveServiceIP([server], ips) &&
    haveServiceIP(
      failedServers.map((one) => one.server),
      ips,
    );
  const answered = [cluster, external, destination].some(
    (name) => name.state === 'ok' && !passedOver(name.outcome),
  );
  return {
    who: who(),
    failing: failed.length > 0,
    works: answered || cluster.state === 'not-applicable',
  };
};

/** What a pod sees of a DNS Service with nothing behind it; a cache on the node says SERVFAIL or nothing. */
export const seenWithoutDns = (who: DnsConcern['who']): readonly string[] =>
  who === 'other'
    ? []
    : [
        'nameserver-refuses-connection',
        'nameserver-silent',
        'host-unreachable/nameserver',
        'one-nameserver-dead/cluster-dns',
        ...(who === 'cache' ? ['name-server-failure'] : []),
      ];
