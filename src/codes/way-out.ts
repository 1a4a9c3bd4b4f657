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
        'A closed network is no fault: --no-internet, or --internet with a target that must answer.',
    },
  },
  {
    ...cause,
    code: 'NC8002',
    id: 'masquerade-missing',
    title: 'the node does not translate the addresses of pods',
  },
  { ...cause, code: 'NC8003', id: 'ip-forward-off', title: 'the node does not forward' },
  { ...cause, code: 'NC8004', id: 'forward-dropped', title: "the node's firewall drops what pods send" },
  {
    ...cause,
    code: 'NC8005',
    id: 'port-filtered-outside',
    title: 'one port answers, another is dropped on the way',
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
