/** What is known of what makes Service addresses work on the pod's node. */
import type { Evidence } from '../../../model/evidence.ts';
import type { Seen } from '../../../model/rule.ts';
import { clusterIPs, serviceName } from '../../endpoints.ts';
import { readNames } from '../../names.ts';
import { haveServiceIP, type NamesEvidence, type NamesSeen } from '../../nameservers.ts';
import { isReady, whyNotReady } from '../../pods.ts';
import { listedShort } from '../../wording.ts';
import type { BehindEvidence } from './service-behind.ts';

export type ProxyEvidence = BehindEvidence &
  NamesEvidence &
  Pick<Evidence, 'kubeProxyPods' | 'networkDaemonSets'>;
export type ProxySeen = NamesSeen & Seen<'http-get' | 'udp-exchange' | 'dns-query'>;

export const nodeOf = ({ pod }: Pick<Evidence, 'pod'>): string | undefined =>
  pod.state === 'known' ? pod.value.spec.nodeName : undefined;

/** `kube-proxy on node-1 (pod kube-proxy-abc) is running and ready` */
export const proxyLines = ({
  kubeProxyPods: pods,
  networkDaemonSets,
  pod,
}: ProxyEvidence): readonly string[] => {
  if (pods.state === 'forbidden')
    return ['not permitted to list the pods of kube-system, so the state of kube-proxy is not known'];
  if (pods.state !== 'known') return [];
  const node = nodeOf({ pod });
  if (pods.value.length === 0) {
    const plugins = networkDaemonSets.state === 'known' ? networkDaemonSets.value : [];
    return [
      'there are no kube-proxy pods: it runs outside of Kubernetes (k3s, some clouds), or the network plugin does its work',
      ...(plugins.length === 0
        ? []
        : [`DaemonSets there: ${listedShort(plugins.map(({ metadata }) => metadata.name))}`]),
    ];
  }
  const own = pods.value.find(({ spec }) => spec.nodeName === node);
  if (own === undefined) return [];
  return [
    isReady(own)
      ? `kube-proxy on ${node ?? 'this node'} (pod ${own.metadata.name}) is ready, and has not done its work for this Service`
      : `kube-proxy on ${node ?? 'this node'} (pod ${own.metadata.name}): ${whyNotReady(own)}`,
  ];
};

/** Lookups that went through the DNS Service prove that the node leads other Services where they belong. */
export const otherServices = (seen: ProxySeen, evidence: ProxyEvidence): readonly string[] => {
  if (evidence.dnsService.state !== 'known') return [];
  const { cluster, destination } = readNames(seen, evidence);
  const answered = [cluster, destination].some(
    (name) =>
      name.state === 'ok' &&
      evidence.dnsService.state === 'known' &&
      haveServiceIP([name.outcome.server], clusterIPs(evidence.dnsService.value)),
  );
  return answered
    ? [
        `${serviceName(evidence.dnsService.value)} answers through its Service address, so it is not all Services`,
      ]
    : [];
};
