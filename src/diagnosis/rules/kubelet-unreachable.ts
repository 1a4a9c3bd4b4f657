import type { Entry } from '../../model/entry.ts';
import { defineRule } from '../../model/rule.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

/** The API server's words where it asks the kubelet for a log and does not get through: directly, or through a tunnel. */
const NOT_REACHED =
  /:10250\b|\/containerLogs\/|error dialing backend|No agent available|Forbidden \(user=.*resource=nodes/;

const said = (entry: Entry): string | undefined => {
  const text =
    entry.state === 'ran' && entry.end !== 'complete'
      ? entry.detail
      : entry.state === 'not-started'
        ? entry.message
        : undefined;
  return text !== undefined && NOT_REACHED.test(text) ? text : undefined;
};

const AGENTS = 'kubectl get pods -n kube-system -l k8s-app=konnectivity-agent -o wide';

interface Reading {
  readonly text: RegExp;
  readonly told: string;
  readonly next?: string;
}
const READINGS: readonly Reading[] = [
  {
    text: /No agent available/,
    told: 'the API server reaches nodes through konnectivity, and no agent of it is connected',
    next: AGENTS,
  },
  {
    text: /tls: internal error/,
    told: 'the kubelet has no serving certificate: its CertificateSigningRequest may wait to be approved',
    next: 'kubectl get csr',
  },
  { text: /x509|certificate/, told: "the API server does not trust the kubelet's certificate" },
  {
    text: /Forbidden \(user=/,
    told: "the kubelet does not let the API server's user in (its authorization, nodes/proxy)",
  },
  {
    text: /connection refused/,
    told: 'nothing listens on port 10250 of the node: its kubelet is stopped, or listens elsewhere',
  },
  {
    text: /i\/o timeout|deadline exceeded|no route to host/,
    told: 'a firewall or security group between the control plane and port 10250 of the node, or a route that is missing',
  },
  { text: /proxy error|502/, told: 'the tunnel from the API server to the node is down' },
];

export default defineRule({
  id: 'kubelet-unreachable',
  code: 'NC1112',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: ['pod'],
  probes: [],
  evaluate: ({ target, entry, maybe: { pod } }) => {
    const message = said(entry);
    if (message === undefined || !('container' in entry)) return [];
    const name = pod.state === 'known' ? pod.value.spec.nodeName : undefined;
    const node = inCommand(name ?? '', 'NODE');
    const reading = READINGS.find(({ text }) => text.test(message));
    return [
      {
        confidence: 'certain',
        summary: `The API server cannot reach the kubelet of ${name === undefined ? 'the node' : `node ${name}`}, so the log with the answers cannot be read`,
        evidence: [
          oneLine(message, 1000),
          ...(reading === undefined ? [] : [reading.told]),
          'kubectl logs, exec and port-forward fail for every pod of that node: tell whoever runs the cluster',
        ],
        next: [
          kubectl(
            target.namespace,
            ...['logs', inCommand(target.pod, 'POD'), '-c', inCommand(entry.container, 'CONTAINER')],
          ),
          `kubectl get node ${node} -o wide`,
          ...(reading?.next === undefined ? [] : [reading.next]),
        ],
      },
    ];
  },
});
