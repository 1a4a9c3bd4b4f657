import { dnsCommands } from '../diagnosis/dns-commands.ts';
import type { Code } from './code.ts';

/** The commands that a report tells, for the usual names. */
const dns = dnsCommands(undefined);

const symptom = { layer: 'name', role: 'symptom' } as const;
const cause = { layer: 'name', role: 'cause' } as const;

/** 3: name. */
export const name: readonly Code[] = [
  {
    ...symptom,
    severity: 'error',
    code: 'NC3001',
    id: 'nameserver-silent',
    title: 'no nameserver answers in time',
    page: {
      meaning:
        'Queries leave the pod and nothing comes back. Something drops them, or the answer: a NetworkPolicy, a node that does not forward, a proxy that was not told of the Service.',
      confirm: [
        'nslookup -timeout=2 kubernetes.default.svc.cluster.local. NAMESERVER',
        'kubectl get networkpolicies -n NAMESPACE',
      ],
      mend: "Allow port 53 over UDP and TCP to the DNS pods (a policy's port without a protocol is TCP alone), or find where the packets stop. Where the pod names its own nameservers (dnsConfig, dnsPolicy), correct them there.",
      looksAlike:
        'Silence for names outside only, while cluster names resolve, is a broken upstream: NC3010. A refused port is NC3002.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3002',
    id: 'nameserver-refuses-connection',
    title: 'port 53 of the nameserver is refused',
    page: {
      meaning:
        'The query was turned away at once. On a Service address this is what kube-proxy does when the Service has no ready endpoint.',
      confirm: [dns.endpoints],
      mend: 'Bring up the DNS pods: see NC3101 and NC3102. Where the pod names its own nameservers (dnsConfig, dnsPolicy), correct them there.',
      looksAlike: 'A server that answers and declines (rcode REFUSED) is NC3004.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3003',
    id: 'name-server-failure',
    title: 'the nameserver answers SERVFAIL',
    page: {
      meaning:
        'The nameserver works and could not find the answer itself: its upstream fails, or its configuration does.',
      confirm: [dns.logs, dns.config],
      mend: 'For names outside: the forward servers of the Corefile. For all names: the errors in its log.',
      looksAlike:
        'A name that does not exist is NXDOMAIN, NC3005; behind a dead upstream it comes back SERVFAIL as well.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3004',
    id: 'name-query-refused',
    title: 'the nameserver answers REFUSED',
    page: {
      meaning: 'The nameserver declines to answer this client or this name (rcode REFUSED).',
      confirm: ['nslookup NAME NAMESERVER', dns.config],
      mend: 'An acl, or a zone that is missing: the Corefile needs a zone that covers the name.',
      looksAlike: 'A refused connection to port 53 is NC3002.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3005',
    id: 'name-not-found',
    title: 'the name does not exist',
    page: {
      meaning: 'DNS answered that there is no such name (NXDOMAIN), or that it has no address.',
      confirm: ['nslookup NAME.', 'cat /etc/resolv.conf'],
      mend: 'The spelling, the namespace part of a Service name, or the zone that should hold it. In a closed network, --no-internet.',
      looksAlike: "A pod that does not use the cluster's DNS cannot resolve its names: NC3011.",
    },
  },
  {
    ...cause,
    severity: 'warning',
    code: 'NC3006',
    id: 'search-path-shadow',
    title: 'a search domain answers for names that are not its own',
    page: {
      meaning:
        'A domain of the search list has an answer for every name (a wildcard), so it answers for names of Services, or for names outside, that it does not own.',
      confirm: ['cat /etc/resolv.conf', 'nslookup no-such-name.DOMAIN.'],
      mend: 'Take the wildcard out of that domain, or the domain out of the search list: dnsConfig of the pod, or the resolv.conf of the node. A final dot in a name goes around the list.',
      looksAlike:
        'A wrong address for the full name too is a nameserver that answers everything with one address: NC3013.',
    },
  },
  {
    ...symptom,
    severity: 'warning',
    code: 'NC3007',
    id: 'name-lookup-slow',
    title: 'lookups are slow',
    page: {
      meaning: 'The name resolved, after more than a second.',
      confirm: ['time nslookup NAME', dns.top],
      mend: 'Steps of 2 or 5 s: lost packets, or the conntrack race of parallel A and AAAA queries (NodeLocal DNSCache, single-request-reopen). Else the load of the DNS pods, or their upstream.',
      looksAlike: 'A dead first nameserver delays every lookup: NC3009.',
    },
  },
  {
    ...symptom,
    severity: 'warning',
    code: 'NC3008',
    id: 'dns-tcp-blocked',
    title: 'DNS over UDP works, over TCP it does not',
    page: {
      meaning:
        'Lookups work over UDP. An answer that does not fit into a UDP packet is asked for again over TCP, and that way is closed.',
      confirm: ['dig +tcp kubernetes.default.svc.cluster.local @NAMESERVER', 'nc -zv -w 3 NAMESERVER 53'],
      mend: 'Allow 53/TCP beside 53/UDP in the egress policies, and give the DNS Service a TCP port.',
      looksAlike: 'Where UDP does not answer either it is NC3001 or NC3002.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3009',
    id: 'one-nameserver-dead',
    title: 'one of several nameservers is dead',
    page: {
      meaning:
        'A nameserver that is asked first fails and a later one answers, so every lookup pays the wait, and requests with a short time limit end before their name is there. Where it is passed at once (it declines, or there is no way to it) this is a warning. So it is where the dead one stands behind one that answers: nothing waits for it, and it will not stand in.',
      confirm: ['cat /etc/resolv.conf', 'nslookup -timeout=2 NAME NAMESERVER'],
      mend: 'Take the dead one out of the list: dnsConfig of the pod, or the resolv.conf of the node.',
      looksAlike:
        'Where all fail it is NC3001 or NC3002. One that answers other lookups lost a packet, and is not this.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3010',
    id: 'upstream-dns-broken',
    title: 'cluster names resolve, names outside do not: the upstream servers fail',
    page: {
      meaning:
        'Cluster DNS answers for its own zone from memory, and passes all other names on. Those that it passes them to do not answer, or cannot be reached from the DNS pods.',
      confirm: [dns.config, dns.logs],
      mend: 'Correct the forward line of the Corefile, or the resolv.conf of the nodes that it refers to, or the way out of the DNS pods.',
      looksAlike:
        'NXDOMAIN for a name outside is an answer of the upstream: NC3005. A closed network: --no-internet.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3011',
    id: 'cluster-dns-bypassed',
    title: "the pod does not use the cluster's DNS",
    page: {
      meaning:
        'With dnsPolicy Default or None, or hostNetwork without ClusterFirstWithHostNet, the pod asks other nameservers, which do not know the names of Services. The same where the kubelet writes other nameservers into pods.',
      confirm: ["kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.dnsPolicy}'", 'cat /etc/resolv.conf'],
      mend: 'dnsPolicy ClusterFirst, or ClusterFirstWithHostNet with hostNetwork; else clusterDNS in the kubelet configuration.',
      looksAlike: 'NodeLocal DNSCache (169.254.20.10) is the DNS of the cluster.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3012',
    id: 'wrong-service-name',
    title: 'the Service is in another namespace, or one letter away',
    page: {
      meaning:
        'There is no Service of the name that was asked for, and there is one of the same name in another namespace, or of nearly the same name in this one. A short name is looked for in the namespace of the pod that asks, and nowhere else.',
      confirm: ['kubectl get services -A | grep NAME', 'nslookup NAME.NAMESPACE'],
      mend: 'Let the app call NAME.NAMESPACE, or correct the name in its settings.',
      looksAlike:
        'A headless Service of which no pod is ready has no name either; a Service that was just made is unknown for some seconds, as CoreDNS caches that it was not there.',
    },
  },
  {
    ...symptom,
    severity: 'error',
    code: 'NC3013',
    id: 'name-wrong-answer',
    title: 'a name resolves to an address that cannot be right',
    page: {
      meaning:
        'The name is answered, with another address than that of its Service, or for names outside with one that leads nowhere (0.0.0.0, 127.0.0.1). A captive network, a wildcard or a filter answers in place of the right server.',
      confirm: [
        'nslookup kubernetes.default.svc.cluster.local. NAMESERVER',
        'kubectl get service kubernetes -n default',
      ],
      mend: "Find who answers: the pod's nameservers, the forward line of the Corefile, a filter on the way; and let cluster DNS answer for the cluster's domain.",
      looksAlike: 'Where only the short name is wrong, a search domain answers for it: NC3006.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3101',
    id: 'dns-service-without-endpoints',
    title: 'the DNS Service has no ready endpoint',
    page: {
      meaning:
        'No ready pod stands behind the Service of cluster DNS, so kube-proxy refuses what is sent to it, and no name resolves in the cluster.',
      confirm: [dns.deployment, dns.endpoints],
      mend: 'Where there are no DNS pods: scale the deployment up (kubectl scale deployment coredns -n kube-system --replicas=2), or make the Service select the pods. Where they are not ready: NC3102.',
      looksAlike:
        'With endpoints that are ready and a nameserver that is silent, look at policies and at kube-proxy: NC3001.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3102',
    id: 'dns-pods-not-ready',
    title: 'pods of cluster DNS are not ready',
    page: {
      meaning:
        'Pods of cluster DNS do not run, or fail their readiness probe. One beside ready ones is a warning: often a Corefile that only a new pod has read.',
      confirm: [
        'kubectl describe pods -n kube-system -l k8s-app=kube-dns',
        'kubectl logs -n kube-system -l k8s-app=kube-dns --previous',
      ],
      mend: 'What their events and last log name: an unknown property in the Corefile, an image, memory, a node.',
      looksAlike: 'No pods at all is NC3101.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3103',
    id: 'corefile-upstream-suspect',
    title: 'the Corefile forwards to an address that cannot be right or cannot be reached',
    page: {
      meaning:
        'CoreDNS answers for the cluster itself, and forwards all other names. What it forwards to is no address at which a server can be, or does not answer the pod either: names outside then time out, or come back as SERVFAIL after some seconds, while those of the cluster resolve.',
      confirm: [dns.config, 'nslookup -timeout=2 example.com. UPSTREAM'],
      mend: 'Correct the address behind forward in the Corefile (kubectl edit configmap coredns -n kube-system); CoreDNS reads it again by itself where it has the reload plugin.',
      looksAlike:
        'An upstream that answers the pod and not CoreDNS: look at the policies and the node of the DNS pods. A pod that may not ask outside servers hears nothing from a good one, either.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3104',
    id: 'corefile-invalid',
    title: 'CoreDNS does not accept the Corefile',
    page: {
      meaning:
        'With this Corefile CoreDNS does not start, ends again, or has no zone for the names of the cluster. A pod that runs goes on with the configuration that it began with, so the fault often shows only when a pod is replaced.',
      confirm: ['kubectl logs -n kube-system -l k8s-app=kube-dns --previous', dns.config],
      mend: 'Correct the line that is named. Properties belong to plugins: `timeout` is none of forward, for example.',
      looksAlike:
        'A plugin that a build of CoreDNS has and the standard one does not is not called a fault while its pods run.',
    },
  },
  {
    ...cause,
    severity: 'error',
    code: 'NC3014',
    id: 'hosts-file-overrides-dns',
    title: "the pod's own hosts file leads the name elsewhere",
    page: {
      meaning:
        "Apps look into /etc/hosts before they ask DNS. The kubelet writes the pod's own name into it, and what spec.hostAliases lists. An entry whose address has gone breaks the name, whatever DNS says; one that works hides what DNS would say.",
      confirm: [
        'kubectl get pod POD -n NAMESPACE -o jsonpath={.spec.hostAliases}',
        'getent hosts HOST',
        'nslookup HOST',
      ],
      mend: 'Take the entry out of spec.hostAliases of the workload, or give it the right address. A pod that has the name of the Service: ask for NAME.NAMESPACE, or name the pod otherwise.',
      looksAlike:
        'A server that is down behind the right entry fails in the same way. A name that is only in the hosts file is unknown to DNS, and that is as it is meant to be.',
    },
  },
  {
    ...cause,
    severity: 'warning',
    code: 'NC3105',
    id: 'dns-capacity-low',
    title: 'cluster DNS has too few replicas, or all on one node',
    page: {
      meaning:
        'All ready pods of cluster DNS are on one node, in a cluster that has others: when that node is busy or goes, no name resolves anywhere.',
      confirm: [dns.pods],
      mend: 'Run at least two, and spread them over nodes (topologySpreadConstraints, or the cluster-proportional autoscaler).',
      looksAlike: 'A cluster of one node has no choice.',
    },
  },
];
