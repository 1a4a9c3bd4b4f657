import type { Code } from './code.ts';

const base = { layer: 'target', role: 'cause', severity: 'error' } as const;
/** A warning: of the pod's network it says nothing, and the run is inconclusive. */
const gate = { ...base, severity: 'warning', gate: true } as const;

/** 1: the target, and getting in. */
export const target: readonly Code[] = [
  {
    ...base,
    code: 'NC1001',
    id: 'pod-not-found',
    title: 'the pod does not exist in this namespace',
    page: {
      meaning:
        'The API server answered 404 for the pod. The name, the namespace or the context is not the one that was meant, or the pod has been replaced since.',
      confirm: [
        'kubectl get pods -n NAMESPACE',
        'kubectl get pods -A --field-selector metadata.name=POD',
        'kubectl config current-context',
      ],
      mend: 'Name a pod that exists, or its workload (deploy/NAME), which outlives its pods.',
      looksAlike: 'Where you may not read pods the answer is 403, and NC1101 is told instead.',
    },
  },
  {
    ...base,
    code: 'NC1002',
    id: 'pod-not-started',
    title: 'the pod is pending: not scheduled, pulling an image, or waiting for an init container',
    page: {
      meaning:
        'The pod is in phase Pending. Until it has started it has no network to check, or only its init containers have.',
      confirm: ['kubectl describe pod POD -n NAMESPACE'],
      mend: 'Mend what the events name: resources or selectors that no node satisfies, an image that cannot be pulled, an init container that does not end.',
      looksAlike: 'A network plugin that cannot set up the pod keeps it pending too: NC1006.',
    },
  },
  {
    ...base,
    code: 'NC1003',
    id: 'pod-finished',
    title: 'the pod has finished or is being deleted',
    page: {
      meaning:
        'The pod has ended. The API server still accepts a debug container, which then never runs, so none is added.',
      confirm: [
        'kubectl get pod POD -n NAMESPACE -o wide',
        'kubectl logs POD -n NAMESPACE --all-containers --tail=50',
      ],
      mend: 'Check a running pod of the same workload, or start the job again.',
      looksAlike: 'A pod whose container restarts is running: NC1005.',
    },
  },
  {
    ...base,
    severity: 'warning',
    code: 'NC1004',
    id: 'pod-not-ready',
    title: 'the readiness probe fails, so Services send the pod no traffic',
    page: {
      meaning:
        'The pod runs and its readiness probe fails. What the pod itself can reach does not depend on it; who wants to reach the pod through a Service does not get there.',
      confirm: [
        'kubectl describe pod POD -n NAMESPACE',
        'kubectl get events -n NAMESPACE --field-selector involvedObject.name=POD',
      ],
      mend: 'See why the probe fails: its path, port or timeout, or what the app waits for.',
      looksAlike: 'A container that ends again and again is not ready either: NC1005.',
    },
  },
  {
    ...base,
    code: 'NC1005',
    id: 'container-crash-loop',
    title: 'a container of the pod ends again and again',
    page: {
      meaning:
        'A container is restarted over and over, with growing pauses. Where the network of the pod is broken as well, this is told as a warning, as the app may end because of it. Of the pods that it is to reach, one that ended within the last hour and fails now is the likely cause; an end longer ago is a warning only, with its time.',
      confirm: [
        'kubectl logs POD -n NAMESPACE -c CONTAINER --previous',
        'kubectl describe pod POD -n NAMESPACE',
      ],
      mend: 'Read its last log and exit code: 137 with OOMKilled is memory, 1 and 2 are the app, 126 and 127 the command.',
      looksAlike: 'A failing liveness probe ends a container that works.',
    },
  },
  {
    ...base,
    code: 'NC1006',
    id: 'pod-without-address',
    title: 'the network of the pod could not be set up',
    page: {
      meaning:
        'The pod has no address: the network plugin (CNI) of its node failed to make its network, or reported none.',
      confirm: ['kubectl describe pod POD -n NAMESPACE', 'kubectl get pods -n kube-system -o wide'],
      mend: "Look at the plugin's pod on that node, and whether its address range is used up.",
      looksAlike: "Pods with hostNetwork use the node's addresses and have none of their own.",
    },
  },
  {
    ...gate,
    code: 'NC1101',
    id: 'access-denied',
    title: 'a right is missing: no debug container can be added or read',
    page: {
      meaning:
        'Your user lacks a right that a check needs: get on pods, patch on pods/ephemeralcontainers, get on pods/log. The default roles view, edit and admin do not include pods/ephemeralcontainers.',
      confirm: [
        'kubectl auth can-i patch pods --subresource=ephemeralcontainers -n NAMESPACE',
        'kubectl auth can-i get pods --subresource=log -n NAMESPACE',
      ],
      mend: 'Have somebody apply the Role and RoleBinding that the report shows.',
      looksAlike:
        'A 403 that names a policy or a webhook comes from admission: NC1102, NC1104. `kubectl auth can-i patch pods/ephemeralcontainers` asks about a pod of that name, and wrongly says yes.',
    },
  },
  {
    ...gate,
    code: 'NC1102',
    id: 'pod-security-refused',
    title: 'Pod Security refuses the debug container, or the pod itself',
    page: {
      meaning:
        'The namespace enforces a Pod Security level, and the server judged the whole pod with the debug container in it. The message names the container that does not comply.',
      confirm: ['kubectl get namespace NAMESPACE --show-labels'],
      mend: 'If our container is named, report it: the container that is tried first complies with restricted. If the app is named, the pod is older than the level: only a pod that complies can take a debug container.',
      looksAlike: 'An earlier ephemeral container that is named is NC1103.',
    },
  },
  {
    ...gate,
    code: 'NC1103',
    id: 'leftover-refuses-pod',
    title: 'an earlier ephemeral container violates Pod Security, so nothing can be added',
    page: {
      meaning:
        'Ephemeral containers cannot be removed, and Pod Security judges the whole pod. One that was added earlier, when the level was lower, refuses every later one.',
      confirm: ["kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.ephemeralContainers[*].name}'"],
      mend: 'Only a new pod helps: delete this one where its workload makes another, and check that. A pod that no workload owns would be lost.',
      looksAlike: 'A message that names our own container is NC1102.',
    },
  },
  {
    ...gate,
    code: 'NC1104',
    id: 'admission-refused',
    title: 'a webhook or policy refuses the debug container',
    page: {
      meaning:
        'An admission webhook, a ValidatingAdmissionPolicy or another admission plugin refused the change, does not answer, or cannot be asked in a dry run.',
      confirm: [
        'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
        'kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings',
      ],
      mend: 'Ask its owner for an exception for pods/ephemeralcontainers, or meet its demand: often an image from an allowed registry, --image.',
      looksAlike: 'A 403 without a policy in it is a missing right: NC1101.',
    },
  },
  {
    ...gate,
    code: 'NC1105',
    id: 'debug-image-unavailable',
    title: 'the debug image cannot be pulled on this node',
    page: {
      meaning:
        'The container runtime could not get the debug image. Pull secrets come from the pod and its ServiceAccount only. The container that was added stays listed in the pod and never runs.',
      confirm: ['kubectl get events -n NAMESPACE --field-selector involvedObject.name=POD'],
      mend: 'Give an image that the node can pull: --image REGISTRY/netshoot:TAG.',
      looksAlike: 'A pull that was only not done in time is NC1113.',
    },
  },
  {
    ...gate,
    code: 'NC1106',
    id: 'debug-container-failed',
    title: 'the debug container could not be started, or ended too early',
    page: {
      meaning:
        "The debug container was added and could not run to its end: its configuration was refused on the node, the image has no shell or is made for another architecture than the node's, or it was killed.",
      confirm: ['kubectl describe pod POD -n NAMESPACE'],
      mend: "Use an image with sh, curl, nc, nslookup, ping and ip, and with a numeric user where the pod demands runAsNonRoot. A killed one may have met the pod's memory limit.",
      looksAlike: 'An image that cannot be pulled is NC1105.',
    },
  },
  {
    ...gate,
    code: 'NC1107',
    id: 'static-pod',
    title: 'a static pod takes no ephemeral containers',
    page: {
      meaning: "The pod is run by its node's kubelet from a file; the API server only mirrors it.",
      confirm: ["kubectl get pod POD -n NAMESPACE -o jsonpath='{.metadata.annotations}'"],
      mend: 'Static pods nearly always use the network of their node: check the node instead.',
      looksAlike: 'Other pods of kube-system are ordinary ones.',
    },
  },
  {
    ...gate,
    code: 'NC1108',
    id: 'unsupported-node',
    title: 'the pod runs on Windows or on a virtual node',
    page: {
      meaning:
        'The debug image is a Linux one, and virtual nodes (Fargate, ACI) run no ephemeral containers.',
      confirm: ['kubectl get nodes -o wide'],
      mend: 'Check a pod of the same workload on a Linux node, if there is one.',
      looksAlike: 'A node that is not ready is NC1110.',
    },
  },
  {
    ...gate,
    code: 'NC1109',
    id: 'ephemeral-containers-off',
    title: 'the API server has no ephemeral containers',
    page: {
      meaning:
        'The subresource pods/ephemeralcontainers does not exist on this server: it is older than 1.23, or the feature is switched off.',
      confirm: ['kubectl version', 'kubectl get --raw /api/v1 | grep -o pods/ephemeralcontainers'],
      mend: 'A newer cluster.',
      looksAlike: 'A 404 that names the pod means that the pod is gone: NC1001.',
    },
  },
  {
    ...base,
    code: 'NC1110',
    id: 'node-not-ready',
    title: "the pod's node is not ready, without network, or under pressure",
    page: {
      meaning:
        'The node that the pod runs on reports itself not ready, or reports nothing any more. Containers cannot be started there, and its pods may be cut off.',
      confirm: ['kubectl describe node NODE'],
      mend: 'Look at its kubelet, container runtime and network plugin.',
      looksAlike: 'Pressure alone is a warning: pods there still have their network.',
    },
  },
  {
    ...base,
    role: 'symptom',
    severity: 'warning',
    code: 'NC1111',
    id: 'answers-missing',
    title: 'the debug container ran to its end, and answers are missing from its log',
    page: {
      meaning:
        'The debug container said that it was done, and some answers are not in its log: they could not be written (no memory or process left in the pod), or were lost or damaged on the way. Where a check needs one of them the verdict is inconclusive; without the others it stands, and they are named.',
      confirm: ['kubectl netcheck POD -n NAMESPACE', 'kubectl describe node NODE'],
      mend: "Run it again. Where it happens each time: the memory and process limits of the pod, the node's log rotation (containerLogMaxSize of the kubelet), or a full disk.",
      looksAlike: 'A container that ended before it had said everything is NC1106.',
    },
  },
  {
    ...gate,
    code: 'NC1112',
    id: 'kubelet-unreachable',
    title: "the API server cannot reach the node's kubelet, so no log can be read",
    page: {
      meaning:
        "The debug container was added and runs, and its log, which holds the answers, cannot be read: the API server asks the node's kubelet for logs, on port 10250, and does not get through. The pod's own network may be well: this path is another one.",
      confirm: [
        'kubectl logs POD -c CONTAINER -n NAMESPACE',
        'kubectl get node NODE -o wide',
        'kubectl get pods -n kube-system -l k8s-app=konnectivity-agent -o wide',
        'kubectl get csr',
      ],
      mend: "Whoever runs the cluster has to open the way from the control plane to port 10250 of the node, start the kubelet, bring the tunnel's agents back (konnectivity), or approve the kubelet's certificate. Then ask again.",
      looksAlike:
        'A node that is not ready is NC1110. A missing right to read the log is NC1101. A log that breaks off once is read again.',
    },
  },
  {
    ...gate,
    code: 'NC1113',
    id: 'debug-container-late',
    title: 'the debug container had not started when --timeout came',
    page: {
      meaning:
        'Nothing was said to have failed: the image was still being pulled, or the node had not come to the container yet. The container stays in the pod, starts when it can and ends by itself; nobody reads it then.',
      confirm: [
        'kubectl describe pod POD -n NAMESPACE',
        'kubectl get events -n NAMESPACE --field-selector involvedObject.name=POD',
        'kubectl describe node NODE',
      ],
      mend: 'Ask again with a longer --timeout: an image that has arrived meanwhile is there at once. Or name an image that is nearer: --image. Where the node does not start it at all, look at its kubelet.',
      looksAlike: 'A pull that fails is NC1105, a container that cannot be started NC1106.',
    },
  },
  {
    ...base,
    role: 'symptom',
    severity: 'warning',
    code: 'NC1114',
    id: 'tools-missing',
    title: 'the debug image lacks tools, so some questions could not be asked',
    page: {
      meaning:
        'The debug image has a shell, and some of the tools that ask the questions are not in it. What they would have asked was not measured: where a check needs it the verdict is inconclusive, and else it stands.',
      confirm: ['kubectl logs POD -c CONTAINER -n NAMESPACE'],
      mend: 'Leave --image out, or give a copy of nicolaka/netshoot in a registry of your own. It takes sh, od, timeout, ip, curl, nslookup, dig, nc and ping.',
      looksAlike: 'An image without a shell does not start at all: NC1106.',
    },
  },
];
