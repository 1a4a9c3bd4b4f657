import type { Code } from './code.ts';

const base = { layer: 'service', role: 'cause', severity: 'error' } as const;

/** 4: service. */
export const service: readonly Code[] = [
  {
    ...base,
    code: 'NC4001',
    id: 'service-not-found',
    title: 'the Service does not exist',
    page: {
      meaning:
        'The API server has no Service of this name in this namespace, so cluster DNS has no name for it either. A short name is looked for in the namespace of the pod that asks.',
      confirm: ['kubectl get services -n NAMESPACE', 'kubectl get services -A | grep NAME'],
      mend: 'Create the Service, or let the app call the one that is there: NAME.NAMESPACE for one of another namespace.',
      looksAlike: 'Credentials that may not read Services are told that, and never that there is none.',
    },
  },
  {
    ...base,
    code: 'NC4002',
    id: 'selector-matches-nothing',
    title: "the Service's selector matches no pod",
    page: {
      meaning:
        'A Service leads to the pods that carry all labels of its selector. None does: a label is misspelt or was changed, or what makes such pods is scaled to 0 or cannot make any.',
      confirm: [
        'kubectl get service SERVICE -n NAMESPACE -o jsonpath={.spec.selector}',
        'kubectl get pods -n NAMESPACE --show-labels',
        'kubectl get deployments,statefulsets -n NAMESPACE',
      ],
      mend: 'Make selector and labels say the same: kubectl patch service, or the labels in the template of the workload. Or scale the workload up.',
      looksAlike:
        'A Service without a selector selects nothing by design; its EndpointSlices are written by somebody else.',
    },
  },
  {
    ...base,
    code: 'NC4003',
    id: 'endpoints-not-ready',
    title: 'nothing that is ready stands behind the Service',
    page: {
      meaning:
        'Nothing that is ready stands behind the Service, so kube-proxy refuses connections to it. For default/kubernetes the API servers write the endpoints themselves.',
      confirm: [
        'kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE',
        'kubectl get pods -n NAMESPACE -o wide',
        'kubectl describe pod POD -n NAMESPACE',
      ],
      mend: 'Make the pods behind it ready: their readiness probes and logs say what is missing. A Service without a selector needs an EndpointSlice with its addresses. For default/kubernetes look at the API servers and their endpoint reconciler.',
      looksAlike: 'A Service that publishes addresses that are not ready has endpoints all the same.',
    },
  },
  {
    ...base,
    code: 'NC4004',
    id: 'target-port-mismatch',
    title: 'the pods listen on another port than targetPort',
    page: {
      meaning:
        'Every endpoint refuses the port that the Service leads to, while the containers declare another, or their readiness probe is answered on another. Of a headless Service nothing turns the port into targetPort: its name leads to the pods themselves.',
      confirm: [
        'kubectl get service SERVICE -n NAMESPACE -o jsonpath={.spec.ports}',
        'kubectl get pod POD -n NAMESPACE -o jsonpath={.spec.containers[*].ports}',
        'kubectl netcheck POD -n NAMESPACE',
      ],
      mend: 'Set targetPort to the port that the app listens on: kubectl patch service. Of a headless Service set port to it as well.',
      looksAlike:
        'An app that is down refuses its own port: NC6002. What a container declares is no more than a note; it may listen elsewhere.',
    },
  },
  {
    ...base,
    code: 'NC4005',
    id: 'port-not-in-service',
    title: 'the port is not one of the Service',
    page: {
      meaning:
        'A Service passes on its own ports and no others. Connections to its address on any other port are refused or vanish. Often it is the port of the container that was taken for that of the Service.',
      confirm: ['kubectl get service SERVICE -n NAMESPACE'],
      mend: 'Connect to a port that the Service has, or add the port to the Service.',
      looksAlike:
        'A headless Service has no address: every port on which its pods listen can be connected to.',
    },
  },
  {
    ...base,
    code: 'NC4006',
    id: 'named-port-unresolved',
    title: 'no container has a port of that name',
    page: {
      meaning:
        'targetPort is a name, and no container of the pods declares a port of that name and protocol. The EndpointSlices then list addresses without a number, and connections are refused although the pods are ready. In slices written by hand the name of the port has to be that of the Service.',
      confirm: [
        'kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE -o yaml',
        'kubectl get pod POD -n NAMESPACE -o jsonpath={.spec.containers[*].ports}',
      ],
      mend: 'Give targetPort a name that the containers declare, or its number; or name the port in the container.',
      looksAlike: 'The name of a port of the Service itself need not be that of the container.',
    },
  },
  {
    ...base,
    code: 'NC4007',
    id: 'some-endpoints-broken',
    title: 'some endpoints fail, others answer',
    page: {
      meaning:
        'Each endpoint was asked by itself, and some failed where others answered. kube-proxy picks one at random for each connection, so the Service fails now and then, as often as their share.',
      confirm: [
        'kubectl get pods -n NAMESPACE -o wide',
        'kubectl describe pod POD -n NAMESPACE',
        'kubectl netcheck POD -n NAMESPACE --to pod/NAME:PORT',
      ],
      mend: 'Look at the pods that fail; a readiness probe that asks what clients ask would have taken them out. If all are on one node, look at its network.',
      looksAlike: 'Where all endpoints fail it is no matter of some: NC6002, NC4004, or a policy.',
    },
  },
  {
    ...base,
    code: 'NC4008',
    id: 'service-proxy-broken',
    title: 'endpoints answer directly, the ClusterIP does not',
    page: {
      meaning:
        "Connections to the Service's address fail, connections to its endpoints stand. Between the two is what turns Service addresses into those of pods on the pod's node: kube-proxy, or the network plugin in its place.",
      confirm: [
        'kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide',
        'kubectl logs -n kube-system KUBE-PROXY-POD --tail=50',
        'nc -zv -w 3 CLUSTER-IP PORT',
      ],
      mend: "Restart kube-proxy on that node (delete its pod), or the network plugin's agent where that does its work. A pod that asks itself through its own Service needs hairpin mode.",
      looksAlike:
        'internalTrafficPolicy Local without an endpoint on the node: NC4009. A port that the Service does not have: NC4005.',
    },
  },
  {
    ...base,
    code: 'NC4009',
    id: 'traffic-policy-local',
    title: 'traffic policy Local, and no endpoint on this node',
    page: {
      meaning:
        'With internalTrafficPolicy Local a node leads the Service to its own pods only, and drops what asks for it where it has none. It works from some nodes and not from others.',
      confirm: [
        'kubectl get service SERVICE -n NAMESPACE -o jsonpath={.spec.internalTrafficPolicy}',
        'kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE -o wide',
      ],
      mend: 'Run a pod of it on every node that asks (a DaemonSet), or set internalTrafficPolicy to Cluster.',
      looksAlike: 'externalTrafficPolicy is about connections from outside of the cluster: NC9004.',
    },
  },
  {
    ...base,
    severity: 'info',
    code: 'NC4010',
    id: 'external-name',
    title: 'the Service is an alias for a name outside',
    page: {
      meaning:
        'A Service of type ExternalName is a CNAME in cluster DNS and nothing else: no address, no ports, no proxy. Apps send the name of the Service as Host and in TLS, which the server behind it may not know. An error where the name that it stands for does not resolve.',
      confirm: [
        'kubectl get service SERVICE -n NAMESPACE -o jsonpath={.spec.externalName}',
        'nslookup EXTERNAL-NAME',
      ],
      mend: 'Let the app use the outside name itself where Host or the certificate matter; correct externalName where it does not resolve.',
      looksAlike: 'A Service without a selector has an address, and EndpointSlices that somebody writes.',
    },
  },
  {
    ...base,
    code: 'NC4101',
    id: 'kube-proxy-unhealthy',
    title: 'kube-proxy is not ready on this node',
    page: {
      meaning:
        "kube-proxy on the pod's node is not ready, or not there. Rules that it wrote before stay, so Services that have not changed since go on working; new ones, and those whose pods moved, lead nowhere.",
      confirm: [
        'kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide',
        'kubectl logs -n kube-system KUBE-PROXY-POD --previous --tail=50',
      ],
      mend: 'What its log names: a configuration that it cannot read, a certificate, or the API server out of its reach.',
      looksAlike:
        'Clusters in which the network plugin does its work (Cilium, GKE Dataplane V2) have no such pods.',
    },
  },
];
