import { clusterNames, facts, NXDOMAIN, pod, type RuleCases, resolvConf, TIMED_OUT } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'dnsPolicy Default',
      facts: facts({
        observations: [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.1'])],
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
      }),
      summary: /does not use the cluster's DNS \(dnsPolicy Default\)/,
      severity: 'warning',
    },
    {
      name: 'hostNetwork',
      facts: facts({
        observations: [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.53'])],
        pod: pod({ spec: { hostNetwork: true, dnsPolicy: 'ClusterFirst' } }),
      }),
      summary: /ClusterFirstWithHostNet/,
      severity: 'warning',
    },
    {
      name: 'the kubelet writes other nameservers',
      facts: facts({ observations: [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.1'])] }),
      summary: /nameservers \(192.168.0.1\) are not the cluster's \(10.96.0.10\)/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'dnsPolicy None with the nameserver of the cluster, which is silent',
      facts: facts({
        observations: clusterNames(TIMED_OUT),
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } } }),
      }),
    },
    {
      name: 'dnsPolicy None with the nameserver of the cluster',
      facts: facts({ pod: pod({ spec: { dnsPolicy: 'None' } }) }),
    },
    {
      name: 'a cache on the node is the DNS of the cluster',
      facts: facts({ observations: [...clusterNames(NXDOMAIN), resolvConf(['169.254.20.10'])] }),
    },
  ],
};
