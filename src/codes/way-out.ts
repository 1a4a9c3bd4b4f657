import type { Code } from './code.ts';

const cause = { layer: 'route', role: 'cause', severity: 'error' } as const;

/** 8: the way out. */
export const wayOut: readonly Code[] = [
  {
    layer: 'route',
    role: 'symptom',
    severity: 'error',
    code: 'NC8001',
    id: 'internet-unreachable',
    title: 'nothing outside the cluster answers, while the cluster does',
    page: {
      meaning:
        'Every internet target failed and the cluster answers. Packets of pods do not get out, or answers do not get back.',
      confirm: [
        'nc -zv -w 3 1.1.1.1 443',
        'kubectl get networkpolicies -n NAMESPACE',
        'kubectl get nodes -o wide',
      ],
      mend: 'Egress policies first; then masquerading on the node, IP forwarding, the firewall or security group, and the NAT gateway of the network.',
      looksAlike:
        'A closed network is no fault: --no-internet, or --internet with a target that must answer. Of a host outside that was named with --to, other hosts are asked too: where those answer, it is that host or its port.',
    },
  },
  {
    ...cause,
    code: 'NC8002',
    id: 'masquerade-missing',
    title: 'the node does not translate the addresses of pods',
    page: {
      meaning:
        "Nothing outside answers, everything inside works, and the network plugin is told not to translate the addresses of pods (flannel without --ip-masq, natOutgoing off in Calico, masquerade off in Cilium), and no ip-masq-agent does it. Packets then leave with the pod's own address, to which nothing outside can send an answer.",
      confirm: [
        'kubectl get daemonset DAEMONSET -n NAMESPACE -o yaml',
        'iptables -t nat -S POSTROUTING   # on the node',
        'tcpdump -ni any host 1.1.1.1     # on the node: whose address do packets leave with?',
      ],
      mend: 'Tell the plugin to translate: --ip-masq for flannel, natOutgoing: true of the IPPool for Calico, enable-ipv4-masquerade for Cilium. Or route the range of the pods back from outside.',
      looksAlike:
        'A firewall, a missing NAT gateway and a node that does not forward (NC8003, NC8004) are as silent. Networks whose routers know the range of the pods need no translation.',
    },
  },
  { ...cause, code: 'NC8003', id: 'ip-forward-off', title: 'the node does not forward' },
  { ...cause, code: 'NC8004', id: 'forward-dropped', title: "the node's firewall drops what pods send" },
  {
    ...cause,
    code: 'NC8005',
    id: 'port-filtered-outside',
    title: 'one port answers, another is dropped on the way',
    page: {
      meaning:
        'The host outside accepts or refuses connections on one port, and nothing comes back from the one that was asked for. So the way to it works, and something drops that port: a firewall or security group before the nodes, one before the host, or its own.',
      confirm: ['nc -zv -w 3 HOST PORT', 'nc -zv -w 3 HOST 443', 'kubectl get nodes -o wide'],
      mend: 'Allow the port for the addresses that packets leave the cluster with: those of the nodes, or of the NAT gateway.',
      looksAlike:
        'A port on which nothing listens refuses at once: NC6001. A NetworkPolicy that allows some ports only is NC5001.',
    },
  },
  {
    layer: 'route',
    role: 'symptom',
    severity: 'error',
    code: 'NC8006',
    id: 'named-target-dead',
    title: 'a target that was named with --internet does not answer',
    page: {
      meaning:
        'Each target that is named with --internet must answer. This one did not, and another did, so the way out works as such.',
      confirm: ['nc -zv -w 3 HOST PORT', 'kubectl get networkpolicies -n NAMESPACE'],
      mend: 'What stands before that one target: its own firewall, an egress policy or proxy that names destinations, a route to its network, its name.',
      looksAlike: 'Where no target answers at all it is the way out: NC8001.',
    },
  },
];
