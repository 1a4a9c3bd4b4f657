/** Whose nameservers a pod asks, in words; and what to type about those that are not the cluster's. */
import type { Target } from '../model/case.ts';
import type { Evidence } from '../model/evidence.ts';
import { canonical, haveClusterDns, policyWithoutClusterDns } from './nameservers.ts';
import { hostInCommand, inCommand, kubectl, listed, unique } from './wording.ts';

type WhoseEvidence = Pick<Evidence, 'pod' | 'dnsService'>;

interface Own {
  readonly server: string;
  readonly from: 'dns-config' | 'node';
  /** `named by the pod's dnsConfig, dnsPolicy None` */
  readonly words: string;
}

/** undefined: of the cluster, as far as is known. */
const ownOf = (server: string, { pod, dnsService }: WhoseEvidence): Own | undefined => {
  if (pod.state !== 'known' || haveClusterDns([server], dnsService) === true) return undefined;
  const { dnsPolicy = 'ClusterFirst', dnsConfig } = pod.value.spec;
  const named = dnsConfig?.nameservers?.some((other) => canonical(other) === canonical(server)) === true;
  if (named)
    return { server, from: 'dns-config', words: `named by the pod's dnsConfig, dnsPolicy ${dnsPolicy}` };
  const policy = policyWithoutClusterDns(pod.value);
  return policy === undefined || dnsPolicy === 'None'
    ? undefined
    : { server, from: 'node', words: `from the node's resolv.conf, ${policy}` };
};

/** `10.96.0.10`; `203.0.113.99 (named by the pod's dnsConfig, dnsPolicy None)` */
export const serversInWords = (servers: readonly string[], evidence: WhoseEvidence): string => {
  const words = servers.map((server) => ownOf(server, evidence)?.words);
  const [first] = words;
  if (first === undefined || words.some((one) => one !== first))
    return listed(
      servers.map((server, index) => (words[index] === undefined ? server : `${server} (${words[index]})`)),
    );
  return `${listed(servers)} (${first})`;
};

/**
 * Of these servers: what to type about the pod's own, which are asked for `name`; and `ofCluster` where one may be of the cluster, or
 * none is known.
 */
export const nameserverCommands = (
  servers: readonly string[],
  name: string,
  target: Target,
  evidence: WhoseEvidence,
  ofCluster: readonly string[],
): readonly string[] => {
  const own = servers.flatMap((server) => ownOf(server, evidence) ?? []);
  const pod = inCommand(target.pod, 'POD');
  const node = evidence.pod.state === 'known' ? evidence.pod.value.spec.nodeName : undefined;
  const where = {
    'dns-config': `${kubectl(target.namespace, 'get', 'pod', pod)} -o jsonpath='{.spec.dnsPolicy} {.spec.dnsConfig}'`,
    node: `kubectl debug node/${inCommand(node ?? '', 'NODE')} -it --image=nicolaka/netshoot -- cat /host/etc/resolv.conf`,
  };
  return [
    ...(own.length === 0 || own.length < servers.length ? ofCluster : []),
    ...unique(own.map(({ from }) => where[from])),
    ...own.map(({ server }) => `nslookup -timeout=2 ${hostInCommand(name)} ${hostInCommand(server)}`),
  ];
};
