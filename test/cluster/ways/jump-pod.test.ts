import { expect, test } from '@jest/globals';
import { buildJumpPod, notShown, originalSchema } from '../../../src/cluster/ways/jump-pod.ts';
import { podSchema } from '../../../src/model/kubernetes.ts';

const raw = {
  metadata: {
    name: 'web-0',
    uid: '11f2',
    labels: { app: 'web', 'pod-template-hash': 'abc', 'sidecar.istio.io/inject': 'true' },
    annotations: {
      'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
      'kubectl.kubernetes.io/last-applied-configuration': '{"secret":"x"}',
      'cni.projectcalico.org/podIP': '10.0.0.9/32',
    },
  },
  spec: {
    nodeName: 'node-1',
    serviceAccountName: 'web',
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['10.0.0.53'], options: [{ name: 'ndots', value: '2' }] },
    hostAliases: [{ ip: '10.1.1.1', hostnames: ['db'] }],
    tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }],
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'gvisor',
    priorityClassName: 'high',
    affinity: { podAntiAffinity: {} },
    volumes: [{ name: 'data', emptyDir: {} }],
    securityContext: { sysctls: [{ name: 'net.ipv4.ip_local_port_range', value: '1 2' }], fsGroup: 1 },
    containers: [{ name: 'app', image: 'web', env: [{ name: 'PASSWORD', value: 'hunter2' }] }],
  },
  status: { podIP: '10.244.0.9' },
};

const built = (change: object = {}, imagePullSecret?: string) => {
  const spec = { ...raw.spec, ...change };
  return buildJumpPod(podSchema.parse({ ...raw, spec }), originalSchema.parse({ ...raw, spec }), {
    name: 'netcheck-x7k2p',
    image: 'netshoot',
    imagePullSecret,
    profile: 'restricted',
    totalSeconds: 10,
    command: ['sh', '-c', 'true'],
  });
};

test('all that decides about its traffic is as in the pod that is meant', () => {
  const { metadata, spec } = built();
  expect(metadata.labels).toEqual(raw.metadata.labels);
  expect(metadata.annotations).toEqual({ 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' });
  expect(spec).toMatchObject({
    nodeName: 'node-1',
    serviceAccountName: 'web',
    dnsPolicy: 'None',
    dnsConfig: raw.spec.dnsConfig,
    hostAliases: raw.spec.hostAliases,
    tolerations: raw.spec.tolerations,
    imagePullSecrets: [{ name: 'registry' }],
    runtimeClassName: 'gvisor',
    securityContext: { sysctls: raw.spec.securityContext.sysctls },
  });
});

test('nothing else of it is taken over: no secret, no volume, no place in the queue', () => {
  const text = JSON.stringify(built());
  for (const word of [
    'hunter2',
    'last-applied',
    'podIP',
    'emptyDir',
    'fsGroup',
    'priorityClassName',
    'Affinity',
  ])
    expect(text).not.toContain(word);
  expect(built().spec.automountServiceAccountToken).toBe(false);
});

test('no ReplicaSet adopts it, it goes with the pod, no Service sends it traffic, and it ends by itself', () => {
  const { metadata, spec } = built();
  expect(metadata.ownerReferences).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'web-0',
      uid: '11f2',
      controller: true,
      blockOwnerDeletion: false,
    },
  ]);
  expect(spec.readinessGates).toEqual([{ conditionType: 'netcheck.kubectl/never-ready' }]);
  expect(spec.restartPolicy).toBe('Never');
  expect(spec.activeDeadlineSeconds).toBe(130);
});

test('its container is as strict as Pod Security can ask', () => {
  expect(built().spec.containers).toMatchObject([
    {
      name: 'netcheck',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
  ]);
});

test('a Secret to pull with stands beside those of the pod', () => {
  expect(built({}, 'mirror').spec.imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'mirror' }]);
  expect(built({ imagePullSecrets: undefined }, 'mirror').spec.imagePullSecrets).toEqual([
    { name: 'mirror' },
  ]);
  expect(built({ imagePullSecrets: undefined }).spec).not.toHaveProperty('imagePullSecrets');
});

test('in the network of the node it sees what the pod sees', () => {
  const spec = { ...raw.spec, hostNetwork: true };
  expect(built({ hostNetwork: true }).spec.hostNetwork).toBe(true);
  expect(notShown(originalSchema.parse({ ...raw, spec }))).toEqual(['what its sidecars do']);
  expect(notShown(originalSchema.parse(raw))).toContain("the pod's own interface and address");
});
