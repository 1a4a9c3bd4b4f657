import type { DaemonSet } from '../../../src/model/kubernetes.ts';
import { DEAD_INTERNET, facts, known, pod, type RuleCases } from '../build.ts';
import { toOutside, WAY_OUT_DEAD } from '../to-outside.ts';

type Container = DaemonSet['spec']['template']['spec']['containers'][number];

const daemonSet = (name: string, container: Container, status?: DaemonSet['status']): DaemonSet => ({
  metadata: { name, namespace: 'kube-flannel' },
  spec: { template: { spec: { containers: [container] } } },
  ...(status === undefined ? {} : { status }),
});
const flannel = (...args: readonly string[]): DaemonSet =>
  daemonSet('kube-flannel-ds', { name: 'kube-flannel', command: ['/opt/bin/flanneld'], args: [...args] });
const dead = (...sets: readonly DaemonSet[]) =>
  facts({ observations: DEAD_INTERNET, evidence: { networkDaemonSets: known([...sets]) } });

export const cases: RuleCases = {
  fires: [
    {
      name: 'flannel without --ip-masq',
      facts: dead(flannel('--kube-subnet-mgr')),
      summary:
        /^The nodes do not translate the addresses of pods on their way out: flannel runs without --ip-masq \(daemonset.kube-flannel-ds in kube-flannel\)$/,
      severity: 'error',
      confidence: 'likely',
      tells: [
        /pod's own address \(10.244.0.43\)/,
        /^kubectl patch daemonset kube-flannel-ds --type=json -p '\[\{"op":"test","path":"\/spec\/template\/spec\/containers\/0\/name","value":"kube-flannel"\},\{"op":"add","path":"\/spec\/template\/spec\/containers\/0\/args\/-","value":"--ip-masq"\}\]' -n kube-flannel$/,
      ],
    },
    { name: 'switched off', facts: dead(flannel('--ip-masq=false')), summary: /without --ip-masq/ },
    {
      name: 'all in one command',
      facts: dead(
        daemonSet('canal', { name: 'flannel', command: ['sh', '-c', '/opt/bin/flanneld --kube-subnet-mgr'] }),
      ),
      summary: /without --ip-masq/,
    },
    {
      name: 'on the way to one host outside',
      facts: toOutside({
        observations: WAY_OUT_DEAD,
        evidence: { networkDaemonSets: known([flannel('--kube-subnet-mgr')]) },
      }),
      summary: /without --ip-masq/,
    },
    {
      name: 'Cilium is told not to',
      facts: dead(daemonSet('cilium', { name: 'cilium-agent', args: ['--enable-ipv4-masquerade=false'] })),
      summary: /Cilium runs with --enable-ipv4-masquerade=false/,
      confidence: 'likely',
    },
    {
      name: "Calico's first pool was made without: it may have been changed since",
      facts: dead(
        daemonSet('calico-node', {
          name: 'calico-node',
          env: [{ name: 'CALICO_IPV4POOL_NAT_OUTGOING', value: 'Never' }],
        }),
      ),
      summary: /CALICO_IPV4POOL_NAT_OUTGOING=Never/,
      confidence: 'possible',
    },
    {
      name: 'AWS: right only behind a NAT gateway',
      facts: dead(
        daemonSet('aws-node', {
          name: 'aws-node',
          env: [{ name: 'AWS_VPC_K8S_CNI_EXTERNALSNAT', value: 'true' }],
        }),
      ),
      summary: /needs a NAT gateway/,
      confidence: 'possible',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'flannel with --ip-masq', facts: dead(flannel('--ip-masq', '--kube-subnet-mgr')) },
    {
      name: 'flannel told by its environment',
      facts: dead(
        daemonSet('kube-flannel-ds', {
          name: 'kube-flannel',
          command: ['/opt/bin/flanneld'],
          env: [{ name: 'FLANNELD_IP_MASQ', value: 'true' }],
        }),
      ),
    },
    {
      name: 'flannel without, and an agent that translates',
      facts: dead(flannel('--kube-subnet-mgr'), daemonSet('ip-masq-agent', { name: 'ip-masq-agent' })),
    },
    {
      name: 'flannel without, on no node',
      facts: dead(daemonSet('kube-flannel-ds-arm', { name: 'kube-flannel' }, { desiredNumberScheduled: 0 })),
    },
    {
      name: 'the internet answers: whatever else translates',
      facts: facts({ evidence: { networkDaemonSets: known([flannel('--kube-subnet-mgr')]) } }),
    },
    {
      name: 'not permitted to look',
      facts: facts({
        observations: DEAD_INTERNET,
        evidence: {
          networkDaemonSets: {
            state: 'forbidden',
            right: { verb: 'list', resource: 'daemonsets', group: 'apps', namespace: 'kube-system' },
          },
        },
      }),
    },
    {
      name: 'another plugin, that says nothing of it',
      facts: dead(daemonSet('kindnet', { name: 'kindnet-cni' })),
    },
    {
      name: "a pod with the node's own address",
      facts: facts({
        observations: DEAD_INTERNET,
        pod: pod({ spec: { hostNetwork: true } }),
        evidence: { networkDaemonSets: known([flannel('--kube-subnet-mgr')]) },
      }),
    },
    {
      name: 'a policy closes the way out',
      facts: facts({
        observations: DEAD_INTERNET,
        evidence: {
          networkDaemonSets: known([flannel('--kube-subnet-mgr')]),
          networkPolicies: known([
            {
              metadata: { name: 'inside-only', namespace: 'shop' },
              spec: {
                podSelector: {},
                policyTypes: ['Egress'],
                egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
              },
            },
          ]),
        },
      }),
    },
  ],
};
