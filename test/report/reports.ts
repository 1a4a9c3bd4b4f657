/** Reports as judging would make them, for the renderers' goldens. */
import { API_VERSION } from '../../src/model/api-version.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { LayerLine, Report } from '../../src/model/report.ts';

const line = (
  layer: LayerLine['layer'],
  state: LayerLine['state'],
  detail: string,
  more: Partial<Pick<LayerLine, 'codes' | 'durationMs'>> = {},
): LayerLine => ({ layer, state, detail, codes: [], ...more });

export const healthy: Report = {
  apiVersion: API_VERSION,
  kind: 'Report',
  toolVersion: '0.1.0',
  gatheredAt: '2026-07-01T10:00:00.000Z',
  durationMs: 1_312,
  target: {
    requested: 'deploy/client',
    namespace: 'shop',
    pod: 'client-7858598c99-mrxcc',
    pickedFrom: { owner: 'deploy/client', count: 3 },
    node: 'node-1',
    podIPs: ['10.244.0.43'],
  },
  verdict: {
    status: 'healthy',
    summary: 'all 7 checks passed',
    chain: [],
    others: [],
    unknowns: [],
  },
  layers: [
    line('interface', 'ok', 'eth0 10.244.0.43/24, default route via 10.244.0.1, MTU 1500'),
    line('name', 'ok', 'kubernetes.default.svc → 10.96.0.1', { durationMs: 2 }),
    line('service', 'ok', 'default/kubernetes has 1 ready endpoint'),
    line('route', 'ok', '1.1.1.1, 8.8.8.8 and 223.5.5.5 answer', { durationMs: 14 }),
    line('port', 'ok', '10.96.0.1:443 accepts connections', { durationMs: 1 }),
    line('protocol', 'ok', 'https://example.com/ answers 200', { durationMs: 131 }),
  ],
  checks: [
    { layer: 'interface', id: 'default-route', state: 'ok', detail: 'via 10.244.0.1 on eth0' },
    { layer: 'name', id: 'cluster-name', state: 'ok', detail: 'resolved to 10.96.0.1', durationMs: 2 },
    { layer: 'route', id: 'internet', state: 'not-applicable', detail: 'not asked for (--no-internet)' },
  ],
  findings: [],
  observations: [
    {
      id: 'dns-lookup/kubernetes.default.svc',
      probe: 'dns-lookup',
      purpose: 'cluster-name',
      question: { name: 'kubernetes.default.svc' },
      outcome: { kind: 'timed-out', failedServers: [{ server: '10.96.0.10', why: 'timed-out' }] },
      durationMs: 2,
    },
    {
      id: 'icmp-echo/1.1.1.1',
      probe: 'icmp-echo',
      purpose: 'internet',
      question: { host: '1.1.1.1' },
      outcome: { kind: 'not-permitted' },
    },
  ],
  entry: {
    state: 'ran',
    container: 'netcheck-x7k2p',
    image: 'docker.io/nicolaka/netshoot:v0.16',
    end: 'complete',
    exitCode: 0,
    startMs: 141,
  },
};

const finding = (of: Pick<Finding, 'code' | 'id' | 'layer' | 'summary'> & Partial<Finding>): Finding => ({
  role: 'cause',
  severity: 'error',
  confidence: 'certain',
  evidence: [],
  explains: [],
  next: [],
  ...of,
});

export const dnsWithoutEndpoints: Report = {
  ...healthy,
  durationMs: 2_040,
  verdict: {
    status: 'broken',
    summary: 'kube-system/kube-dns has no ready endpoint',
    chain: ['NC3101', 'NC3002'],
    others: ['NC8001'],
    unknowns: ['whether CoreDNS crashes: pods in kube-system may not be listed with these credentials'],
  },
  layers: [
    line('interface', 'ok', 'eth0 10.244.0.43/24, default route via 10.244.0.1, MTU 1500'),
    line('name', 'broken', 'kubernetes.default.svc: 10.96.0.10 refuses on port 53', {
      codes: ['NC3101', 'NC3002'],
    }),
    line('service', 'warning', 'kube-dns: 0 of 2 endpoints are ready', { codes: ['NC3101'] }),
    line('policy', 'unknown', 'NetworkPolicies may not be listed with these credentials'),
    line('route', 'ok', '1.1.1.1 answers', { durationMs: 14 }),
    line('port', 'ok', '10.96.0.1:443 accepts connections', { durationMs: 1 }),
    line('protocol', 'not-run', 'not run (needs name)'),
  ],
  findings: [
    finding({
      code: 'NC3101',
      id: 'dns-service-without-endpoints',
      layer: 'name',
      summary:
        'Service kube-system/kube-dns has no ready endpoint: both of its pods are in CrashLoopBackOff.',
      evidence: [
        '0 of 2 endpoints of EndpointSlice kube-dns-x2x9k are ready',
        'nslookup: connection refused by 10.96.0.10',
      ],
      explains: ['nameserver-refuses-connection'],
      next: [
        'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20 --previous --all-containers --prefix=true',
      ],
      mend: 'kubectl -n kube-system rollout undo deployment/coredns',
    }),
    finding({
      code: 'NC3002',
      id: 'nameserver-refuses-connection',
      layer: 'name',
      role: 'symptom',
      summary: 'nameserver 10.96.0.10 refuses connections on port 53, so no name resolves.',
    }),
    finding({
      code: 'NC3007',
      id: 'name-lookup-slow',
      layer: 'name',
      role: 'symptom',
      severity: 'warning',
      confidence: 'possible',
      summary: 'looking up example.com took 5.0 s.',
      evidence: ['two of three lookups took 5 s'],
      mend: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  Corefile: |\n    .:53 { }\n',
    }),
    finding({
      code: 'NC4010',
      id: 'external-name',
      layer: 'service',
      severity: 'info',
      summary: 'svc/db is an ExternalName.',
    }),
  ],
};

export const interrupted: Report = {
  ...healthy,
  target: { requested: 'web-0', namespace: 'shop', pod: 'web-0', podIPs: [] },
  durationMs: 60_004,
  verdict: {
    status: 'inconclusive',
    summary: 'the run ended before all questions were answered',
    chain: [],
    others: [],
    unknowns: [
      'whether cluster names resolve, because the connection to the API server was lost after 12 of 21 answers',
      'whether the internet can be reached, because no answer came',
    ],
  },
  layers: [
    line('interface', 'ok', 'eth0 10.244.0.43/24'),
    line('name', 'unknown', 'no answer came'),
    line('port', 'unknown', 'no answer came'),
  ],
};

export const gateRefused: Report = {
  ...healthy,
  target: {
    requested: 'web-0',
    namespace: 'shop',
    pod: 'web-0',
    node: 'node-1',
    podIPs: ['10.244.0.9', 'fd00::9'],
  },
  durationMs: 212,
  verdict: {
    status: 'inconclusive',
    summary: 'the pod could not be entered, so its network was not measured',
    chain: ['NC1101'],
    others: [],
    unknowns: ['everything that is measured from inside the pod, because no container could be added'],
  },
  layers: [
    line('target', 'broken', 'these credentials may not add a debug container', { codes: ['NC1101'] }),
  ],
  observations: [],
  findings: [
    finding({
      code: 'NC1101',
      id: 'access-denied',
      layer: 'target',
      confidence: 'likely',
      summary: 'patch on pods/ephemeralcontainers is not allowed in namespace shop.',
      next: ['kubectl auth can-i patch pods --subresource=ephemeralcontainers -n shop'],
    }),
  ],
  entry: {
    state: 'not-attempted',
    why: 'access-denied',
    missing: [{ verb: 'patch', resource: 'pods/ephemeralcontainers', group: '', namespace: 'shop' }],
  },
};
