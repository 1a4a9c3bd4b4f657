import type { Code } from './code.ts';

const base = { layer: 'policy', role: 'cause', severity: 'error' } as const;

const LIST = 'kubectl get networkpolicies -n NAMESPACE -o yaml';

/** 5: policy. */
export const policy: readonly Code[] = [
  {
    ...base,
    code: 'NC5001',
    id: 'egress-denied',
    title: 'NetworkPolicies of the source deny this',
    page: {
      meaning:
        "Policies of the pod's own namespace select it for egress, and none of their rules allows this destination on this port. They are judged at the address and port of the pod behind a Service, not at the Service's own.",
      confirm: [LIST, 'kubectl get pods -n NAMESPACE --show-labels'],
      mend: 'Add a rule that allows this flow: the report shows the smallest one, for review. Policies add up: one that allows it is enough.',
      looksAlike:
        'A policy of the destination that lets nobody in looks the same from the pod: NC5002. Policies of other kinds (Cilium, Calico, cluster-wide ones) are listed, not evaluated: NC5004.',
    },
  },
  {
    ...base,
    code: 'NC5002',
    id: 'ingress-denied',
    title: 'NetworkPolicies of the destination deny this',
    page: {
      meaning:
        "Policies of the destination's namespace select its pods for ingress, and none of their rules lets this pod in on this port.",
      confirm: [LIST, 'kubectl get namespace NAMESPACE --show-labels'],
      mend: 'Ask the owner of the destination for a rule that lets this pod in: the report shows the smallest one, for review.',
      looksAlike:
        'An app that listens on another port refuses at once, while a dropped packet brings no answer. An egress policy of the pod looks the same: NC5001.',
    },
  },
  {
    ...base,
    code: 'NC5003',
    id: 'dns-egress-denied',
    title: 'egress is restricted, and DNS is not allowed',
    page: {
      meaning:
        'Policies select the pod for egress, and none allows port 53 of the DNS pods. Each connection that begins with a name then fails. A port without a protocol is TCP, and lookups are UDP.',
      confirm: [LIST, 'kubectl get pods -n kube-system -l k8s-app=kube-dns --show-labels'],
      mend: 'Allow UDP and TCP 53 to the DNS pods, on the port that they listen on (5353 on OpenShift).',
      looksAlike: 'DNS pods that are down are silent for every pod: NC3101 and NC3102.',
    },
  },
  {
    ...base,
    code: 'NC5004',
    id: 'policy-allows-but-dropped',
    title: 'NetworkPolicies allow it, and packets vanish',
    page: {
      meaning:
        'The NetworkPolicies of both ends allow the connection, nothing comes back, and the cluster has policies of another kind, which netcheck does not evaluate.',
      confirm: ['kubectl api-resources --api-group=cilium.io', LIST],
      mend: 'Look for a policy of the other kind that selects either end; beyond those, at security groups and firewalls of the nodes.',
      looksAlike: 'A node that does not forward packets drops them for every pod on it.',
    },
  },
  {
    ...base,
    severity: 'warning',
    code: 'NC5005',
    id: 'policy-not-enforced',
    title: 'NetworkPolicies deny it, and it passes',
    page: {
      meaning:
        'By the words of the NetworkPolicies this connection is denied, and it was made. Not every network plugin enforces them (flannel alone does not), and some do so only after a delay.',
      confirm: ['kubectl get daemonsets -n kube-system', LIST],
      mend: 'Use a network plugin that enforces NetworkPolicies, or do not rely on them.',
      looksAlike: 'A policy of another kind that allows it before NetworkPolicies are asked.',
    },
  },
];
