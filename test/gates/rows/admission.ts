/** What admission refuses, or cannot decide: by name, and whose it is. */
import type { Fault } from '../../sandbox/api/index.ts';
import { applied, type Expected, type Gate, patched, podObject, podPatched } from '../gate.ts';

const WELL: Expected = { status: 'healthy', exit: 0, codes: [], entry: 'ran' };
const refused = (code: string, expected: Partial<Expected>): Expected => ({
  status: 'inconclusive',
  exit: 4,
  codes: [code],
  entry: 'refused',
  ...expected,
});

const enforce = (level: string) =>
  patched('namespaces', 'shop', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } } });

/** Meets `restricted`. */
const STRICT = {
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'app',
      image: 'docker.io/lab/web:1',
      args: ['-http', ':9000'],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};
const strict = (more: object = {}) => applied(podObject('strict', { spec: { ...STRICT, ...more } }));

/** As somebody's `kubectl debug` left it behind. */
const leftover = (securityContext: object, owner?: object) =>
  podPatched(
    {
      ...(owner === undefined ? {} : { metadata: { ownerReferences: [owner] } }),
      spec: {
        ephemeralContainers: [
          {
            name: 'debugger-x7k2p',
            image: 'docker.io/nicolaka/netshoot:v0.16',
            command: ['sleep', '1'],
            // What the API server fills in.
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
            imagePullPolicy: 'IfNotPresent',
            securityContext,
          },
        ],
      },
    },
    'strict',
  );

const atPatch = (action: Fault['action'], on: Fault['on'] = {}): Pick<Gate, 'arrange'> => ({
  arrange: (cluster) => {
    cluster.api.faults.add({ on: { subresource: 'ephemeralcontainers', ...on }, action });
  },
});

const WEBHOOKS = 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations';
const callFails = (how: string): Fault['action'] => ({
  kind: 'status',
  code: 500,
  message: `Internal error occurred: failed calling webhook "pods.guard.example.org": failed to call webhook: Post "https://guard.security.svc:443/validate?timeout=10s": ${how}`,
});

export const admission: readonly Gate[] = [
  {
    name: 'Pod Security restricted: the app is older than the label',
    steps: [enforce('restricted')],
    expect: refused('NC1102', {
      says: ['(restricted:latest)', 'refuses the pod itself (container app)', 'not the debug container'],
      next: [
        'kubectl get namespace shop --show-labels',
        'kubectl label --dry-run=server --overwrite namespace shop pod-security.kubernetes.io/enforce=restricted',
      ],
      not: ['NC1103', 'refuses the debug container:'],
    }),
  },
  {
    name: 'Pod Security baseline: hostPath of the pod, no container is named',
    steps: [
      applied(
        podObject('host-path', { spec: { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] } }),
      ),
      enforce('baseline'),
    ],
    pod: 'host-path',
    expect: refused('NC1102', {
      says: ['(baseline:latest)', 'refuses the pod itself', 'hostPath volumes (volume "logs")'],
      not: ['(container'],
    }),
  },
  {
    name: 'Pod Security baseline: the pod uses the host network',
    steps: [applied(podObject('host-net', { spec: { hostNetwork: true } })), enforce('baseline')],
    pod: 'host-net',
    expect: refused('NC1102', { says: ['host namespaces (hostNetwork=true)', 'refuses the pod itself'] }),
  },
  {
    name: 'Pod Security restricted: the pod complies, and so do we',
    nearMiss: true,
    steps: [strict(), enforce('restricted')],
    pod: 'strict',
    expect: WELL,
  },
  {
    name: 'Pod Security baseline: the app complies, and so do we',
    nearMiss: true,
    steps: [enforce('baseline')],
    expect: WELL,
  },
  {
    name: 'Pod Security warns only',
    nearMiss: true,
    steps: [
      patched('namespaces', 'shop', {
        metadata: { labels: { 'pod-security.kubernetes.io/warn': 'restricted' } },
      }),
    ],
    expect: WELL,
  },
  {
    name: 'Pod Security baseline: our container asks for more (--profile netadmin)',
    args: ['--profile', 'netadmin'],
    steps: [enforce('baseline')],
    expect: refused('NC1102', {
      says: ['refuses the debug container', '--profile restricted'],
      next: ['kubectl netcheck client --profile restricted -n shop'],
      not: ['refuses the pod itself'],
    }),
  },
  {
    name: 'Pod Security nowhere: our container may ask for more (--profile netadmin)',
    nearMiss: true,
    args: ['--profile', 'netadmin'],
    expect: WELL,
  },
  {
    name: 'Pod Security baseline: as the image is (--profile baseline)',
    nearMiss: true,
    args: ['--profile', 'baseline'],
    steps: [enforce('baseline')],
    expect: WELL,
  },
  {
    name: 'Pod Security: an earlier ephemeral container violates it',
    steps: [strict(), leftover({ capabilities: { add: ['SYS_PTRACE'] } }), enforce('baseline')],
    pod: 'strict',
    expect: refused('NC1103', {
      says: ['earlier ephemeral container of this pod (debugger-x7k2p)', 'only a new pod helps'],
      next: ['kubectl get pod strict -o yaml -n shop'],
      // A pod that no workload owns would be lost.
      not: ['kubectl delete'],
    }),
  },
  {
    name: 'Pod Security: an earlier ephemeral container of a pod that its workload makes anew',
    steps: [
      strict(),
      leftover(
        { privileged: true },
        { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'strict', uid: '1', controller: true },
      ),
      enforce('baseline'),
    ],
    pod: 'strict',
    expect: refused('NC1103', {
      says: ['StatefulSet strict owns this pod'],
      next: ['kubectl delete pod strict -n shop'],
    }),
  },
  {
    name: 'Pod Security: an earlier ephemeral container that complies',
    nearMiss: true,
    steps: [strict(), leftover({}), enforce('baseline')],
    pod: 'strict',
    expect: WELL,
  },
  {
    name: 'a webhook denies',
    ...atPatch({
      kind: 'webhook',
      name: 'images.guard.example.org',
      message: 'image is not from registry.example.org',
    }),
    expect: refused('NC1104', {
      says: [
        'Webhook images.guard.example.org refuses the debug container',
        'image is not from registry.example.org',
      ],
      next: [WEBHOOKS, 'kubectl netcheck client --image REGISTRY/netshoot:TAG -n shop'],
    }),
  },
  {
    name: "a webhook denies in RBAC's words",
    ...atPatch({
      kind: 'webhook',
      name: 'guard.example.org',
      message:
        'User "dev" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"',
    }),
    expect: refused('NC1104', { says: ['Webhook guard.example.org refuses'], not: ['NC1101', 'kind: Role'] }),
  },
  {
    name: 'a webhook denies with 400',
    ...atPatch({
      kind: 'webhook',
      name: 'validate.kyverno.svc-fail',
      message: 'policy disallow-ephemeral',
      code: 400,
    }),
    expect: refused('NC1104', {
      says: ['Webhook validate.kyverno.svc-fail refuses', 'policy disallow-ephemeral'],
    }),
  },
  {
    name: 'a webhook is down: connection refused (failurePolicy Fail)',
    ...atPatch(callFails('dial tcp 10.96.44.7:443: connect: connection refused')),
    expect: refused('NC1104', {
      says: ['webhook pods.guard.example.org', 'could not be called', 'failurePolicy'],
      next: [
        WEBHOOKS,
        'kubectl get service guard -n security',
        'kubectl get endpointslices -l kubernetes.io/service-name=guard -n security',
      ],
    }),
  },
  {
    name: 'a webhook is silent: deadline exceeded',
    ...atPatch(callFails('context deadline exceeded')),
    expect: refused('NC1104', { says: ['could not be called', 'context deadline exceeded'] }),
  },
  {
    name: 'a webhook with side effects, asked with --dry-run=server',
    ...atPatch(
      {
        kind: 'status',
        code: 400,
        message: 'admission webhook "audit.guard.example.org" does not support dry run',
      },
      { dryRun: true },
    ),
    args: ['--dry-run=server'],
    expect: refused('NC1104', {
      says: ['webhook audit.guard.example.org', 'does not say whether it would refuse', 'takes no dry run'],
      next: ['kubectl netcheck client --dry-run=client -n shop'],
      not: ['refuses the debug container'],
    }),
  },
  {
    name: 'the same webhook, without a dry run',
    nearMiss: true,
    ...atPatch(
      {
        kind: 'status',
        code: 400,
        message: 'admission webhook "audit.guard.example.org" does not support dry run',
      },
      { dryRun: true },
    ),
    expect: WELL,
  },
  {
    name: 'a ValidatingAdmissionPolicy denies',
    ...atPatch({
      kind: 'policy',
      policy: 'no-debug',
      binding: 'no-debug-prod',
      message: 'no ephemeral containers in prod',
    }),
    expect: refused('NC1104', {
      says: ['ValidatingAdmissionPolicy no-debug', 'no ephemeral containers in prod'],
      next: [
        'kubectl get validatingadmissionpolicy no-debug -o yaml',
        'kubectl get validatingadmissionpolicybinding no-debug-prod -o yaml',
      ],
      not: ['NC1102'],
    }),
  },
  {
    name: "OpenShift's SecurityContextConstraints refuse",
    ...atPatch({
      kind: 'admission',
      message:
        'unable to validate against any security context constraint: [provider "anyuid": Forbidden: not usable by user or serviceaccount, provider restricted-v2: .spec.containers[0].runAsUser: Invalid value: 65532: must be in the ranges: [1000650000, 1000659999]]',
    }),
    expect: refused('NC1104', {
      says: ["OpenShift's admission (SecurityContextConstraints) refuses", 'must be in the ranges'],
      next: ["kubectl get pod client -o jsonpath='{.metadata.annotations}' -n shop"],
      not: ['validatingadmissionpolicies'],
    }),
  },
  {
    name: 'another admission plugin: ImagePolicyWebhook',
    ...atPatch({
      kind: 'admission',
      message: 'image policy webhook backend denied one or more images: unsigned',
    }),
    expect: refused('NC1104', {
      says: ['An admission plugin', 'image policy webhook backend denied one or more images: unsigned'],
      not: ['NC1101'],
    }),
  },
];
