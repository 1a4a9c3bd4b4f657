/** What the kubelet writes into a pod's /etc/hosts: apps go by it before they ask DNS. Pure. */
import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';

export interface HostsEntry {
  readonly addresses: readonly string[];
  /** `own-name`: the pod's own, which leads to itself. */
  readonly from: 'hostAliases' | 'own-name';
}

/** Longer names of pods are cut to the length of a label. */
const MOST_OF_A_LABEL = 63;

const ownNames = ({ metadata, spec: { hostname, subdomain } }: Pod): readonly string[] => {
  const name = hostname ?? metadata.name.slice(0, MOST_OF_A_LABEL);
  return subdomain === undefined
    ? [name]
    : [`${name}.${subdomain}.${metadata.namespace ?? 'default'}.svc.cluster.local`, name];
};

/**
 * undefined: the name is not in it, as far as the pod's object tells. A name with a final dot never is; of a pod on the host's network the
 * node's own entries are not known.
 */
export const hostsEntry = (
  host: string | undefined,
  { pod }: Pick<Evidence, 'pod'>,
): HostsEntry | undefined => {
  if (host === undefined || pod.state !== 'known') return undefined;
  const wanted = host.toLowerCase();
  const is = (name: string): boolean => name.toLowerCase() === wanted;
  const { spec, status } = pod.value;
  // Resolvers take the first line that has the name, and the pod's own stands above the aliases.
  if (spec.hostNetwork !== true && ownNames(pod.value).some(is)) {
    const addresses =
      status.podIPs?.map(({ ip }) => ip) ?? (status.podIP === undefined ? [] : [status.podIP]);
    return { addresses, from: 'own-name' };
  }
  const addresses = (spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }) =>
    hostnames.some(is) ? [ip] : [],
  );
  return addresses.length === 0 ? undefined : { addresses, from: 'hostAliases' };
};
