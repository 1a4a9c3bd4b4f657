/** The image: missing, private, rate limited, for another machine, late. */
import { type Expected, type Gate, nodePatched } from '../gate.ts';

const failed = (expected: Partial<Expected>): Expected => ({
  status: 'inconclusive',
  exit: 4,
  codes: ['NC1105'],
  entry: 'not-started',
  beforeStatus: true,
  ...expected,
});
const OTHER = 'kubectl netcheck client --image REGISTRY/netshoot:TAG -n shop';
const from = (host: string): readonly string[] => ['--image', `${host}.registry.test/tools/netshoot:v1`];
const registry = (behaves: string, absent = 'docker.io/nicolaka/*,ghcr.io/nicolaka/*') =>
  nodePatched({
    metadata: {
      annotations: { 'sandbox.netcheck/registry': behaves, 'sandbox.netcheck/absent-images': absent },
    },
  });
const WELL: Expected = { status: 'healthy', exit: 0, codes: [], entry: 'ran' };

export const image: readonly Gate[] = [
  {
    name: 'no such tag',
    args: ['--image', 'docker.io/nicolaka/netshoot:nope'],
    expect: failed({ says: ['no such image or tag', ': not found'], next: [OTHER] }),
  },
  {
    name: 'the registry is down, of the image that is asked for by default: a second registry is offered',
    steps: [registry('down')],
    expect: failed({
      says: ['connection refused', 'a second registry'],
      next: [
        'kubectl netcheck client --image ghcr.io/nicolaka/netshoot:v0.16@sha256:b09d9b21381f47a79b3cbcb30da25266dc17186ea00ae65e99fdc51396f48e70 -n shop',
      ],
    }),
  },
  {
    name: 'the registry is down, of another image',
    args: from('down'),
    expect: failed({
      says: ['connection refused', 'a mirror that it can reach'],
      next: [OTHER],
      not: ['second registry'],
    }),
  },
  {
    name: 'private: unauthorized',
    args: from('unauthorized'),
    expect: failed({
      says: ['wants credentials', 'imagePullSecrets'],
      next: [
        OTHER,
        "kubectl get pod client -o jsonpath='{.spec.imagePullSecrets[*].name} {.spec.serviceAccountName}' -n shop",
      ],
    }),
  },
  {
    name: 'private: 403 Forbidden',
    args: from('forbidden'),
    expect: failed({ says: ['wants credentials', '403 Forbidden'] }),
  },
  {
    name: 'rate limited',
    args: from('limited'),
    expect: failed({
      says: ['limits pulls from this node', '429 Too Many Requests'],
      not: ['wants credentials'],
    }),
  },
  {
    name: 'not made for this architecture: refused by the pull',
    args: from('platform'),
    expect: failed({
      says: ["not made for this node's architecture", 'no match for platform in manifest'],
      next: ["kubectl get node node-1 -o jsonpath='{.status.nodeInfo.architecture}'"],
      not: ['no such image or tag'],
    }),
  },
  {
    name: 'not made for this architecture: pulled, and refused by the kernel',
    args: from('foreign'),
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1106'],
      entry: 'ran',
      says: ['exec format error', "not made for this node's architecture"],
      next: [OTHER, "kubectl get node node-1 -o jsonpath='{.status.nodeInfo.architecture}'"],
      not: ['memory'],
    },
  },
  {
    name: 'not on the node, and --image-pull-policy Never',
    args: ['--image', 'docker.io/nicolaka/netshoot:nope', '--image-pull-policy', 'Never'],
    expect: failed({
      says: ['ErrImageNeverPull', 'the pull policy forbids'],
      next: [
        'kubectl netcheck client --image docker.io/nicolaka/netshoot:nope --image-pull-policy IfNotPresent -n shop',
      ],
    }),
  },
  {
    name: 'a name that is none is refused before anything is added',
    args: ['--image', 'docker.io/Nicolaka/Netshoot:1'],
    error: { exit: 2, says: 'docker.io/Nicolaka/Netshoot:1' },
  },
  {
    name: 'a slow pull that ends well: progress names it',
    nearMiss: true,
    steps: [registry('slow=4s')],
    expect: { ...WELL, stderr: ['Pulling image "docker.io/nicolaka/netshoot'] },
  },
  {
    name: 'a pull that still runs at --timeout: how to wait',
    steps: [registry('slow=60s')],
    args: ['--timeout', '5s'],
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1113'],
      entry: 'not-started',
      says: ['is still being pulled', 'the node goes on'],
      next: ['kubectl netcheck client --timeout 5m -n shop'],
      not: ['cannot be had'],
      stderr: ['Pulling image "docker.io/nicolaka/netshoot'],
    },
  },
];
