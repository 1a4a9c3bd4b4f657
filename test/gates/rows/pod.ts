/** The pod itself, and the API server: not there, not yet, not any more; changed meanwhile; a server without the feature. */
import type { SandboxCluster } from '../../sandbox/cluster.ts';
import {
  applied,
  type Expected,
  type Gate,
  NAMESPACE,
  nodePatched,
  patched,
  podObject,
  podPatched,
} from '../gate.ts';

const broken = (code: string, expected: Partial<Expected>): Expected => ({
  status: 'broken',
  exit: 3,
  codes: [code],
  entry: 'not-attempted',
  ...expected,
});
const WELL: Expected = { status: 'healthy', exit: 0, codes: [], entry: 'ran' };
const PODS = 'kubectl get pods -n shop';

const atPatch = (happens: (cluster: SandboxCluster) => void | Promise<void>): Pick<Gate, 'arrange'> => ({
  arrange: (cluster) => {
    cluster.api.faults.add({
      on: { subresource: 'ephemeralcontainers' },
      times: 1,
      action: { kind: 'meanwhile', happens: () => happens(cluster) },
    });
  },
});
const conflicts = (times: number): Pick<Gate, 'arrange'> => ({
  arrange: (cluster) => {
    cluster.api.faults.add({
      on: { subresource: 'ephemeralcontainers' },
      times,
      action: {
        kind: 'status',
        code: 409,
        message:
          'Operation cannot be fulfilled on pods "client": the object has been modified; please apply your changes to the latest version and try again',
      },
    });
  },
});

export const pod: readonly Gate[] = [
  {
    name: 'there is no such pod',
    pod: 'cliemt',
    expect: broken('NC1001', {
      says: ['did you mean client'],
      next: ['kubectl netcheck client -n shop', PODS],
    }),
  },
  {
    name: 'the pod goes between look and PATCH',
    ...atPatch((cluster) => {
      cluster.store.delete('pods', NAMESPACE, 'client');
    }),
    expect: broken('NC1001', { entry: 'refused', says: ['any more'], next: [PODS] }),
  },
  {
    name: 'the pod has finished',
    steps: [
      applied(
        podObject('done', {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'app', image: 'docker.io/lab/web:1', args: ['-exit', '0'] }],
          },
        }),
      ),
    ],
    pod: 'done',
    expect: broken('NC1003', { says: ['has finished (Succeeded)'], next: [PODS] }),
  },
  {
    name: 'the pod is being deleted, and its kubelet does not do it',
    steps: [
      applied(podObject('leaving')),
      nodePatched({ metadata: { annotations: { 'sandbox.netcheck/kubelet': 'stopped' } } }),
      podPatched({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }, 'leaving'),
    ],
    pod: 'leaving',
    expect: broken('NC1003', { says: ['is being deleted'], next: [PODS] }),
  },
  {
    name: 'its namespace is being deleted, and the pod is still there',
    steps: [
      nodePatched({ metadata: { annotations: { 'sandbox.netcheck/kubelet': 'stopped' } } }),
      patched('namespaces', NAMESPACE, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    ],
    expect: broken('NC1003', { says: ['is being deleted'] }),
  },
  {
    name: 'another pod of the same name comes between look and PATCH: what is known is of the old one',
    ...atPatch(async (cluster) => {
      const { metadata, spec, ...rest } = podObject('client');
      cluster.store.delete('pods', NAMESPACE, 'client');
      await cluster.apply([{ ...rest, metadata, spec }]);
    }),
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: [],
      entry: 'ran',
      says: ['replaced meanwhile by another of the same name'],
    },
  },
  {
    name: 'the pod is not scheduled',
    steps: [applied(podObject('waits', { spec: { nodeSelector: { disk: 'none-such' } } }))],
    pod: 'waits',
    expect: broken('NC1002', {
      says: ['is not scheduled to a node'],
      next: ['kubectl describe pod waits -n shop'],
    }),
  },
  {
    name: 'the pod has no address: its network could not be set up',
    steps: [
      applied(
        podObject('bare', {
          sandbox: { 'sandbox-error': 'plugin type="calico" failed (add): no addresses left' },
        }),
      ),
    ],
    pod: 'bare',
    expect: broken('NC1006', { says: ['no addresses left'], next: ['kubectl describe pod bare -n shop'] }),
  },
  {
    name: 'an init container has not ended: the pod has its network already',
    nearMiss: true,
    steps: [
      applied(
        podObject('begins', {
          spec: {
            initContainers: [{ name: 'migrate', image: 'docker.io/example/sleeper:1' }],
          },
        }),
      ),
    ],
    pod: 'begins',
    expect: { ...WELL, codes: ['NC1002'], says: ['waits for its init container migrate'] },
  },
  {
    name: 'the server has no ephemeral containers',
    arrange: (cluster) => {
      cluster.api.faults.add({ on: { subresource: 'ephemeralcontainers' }, action: { kind: 'no-route' } });
    },
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1109'],
      entry: 'refused',
      says: ['has no ephemeral containers', '1.23'],
      next: ['kubectl version', 'kubectl get --raw /api/v1 | grep -o pods/ephemeralcontainers'],
      not: ['NC1001'],
    },
  },
  {
    name: 'the PATCH meets another change (409) and is sent again',
    nearMiss: true,
    ...conflicts(2),
    expect: WELL,
  },
  {
    name: 'the PATCH meets other changes for ever (409)',
    ...conflicts(1000),
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: [],
      entry: 'refused',
      says: ['the object has been modified', '409'],
    },
  },
];
