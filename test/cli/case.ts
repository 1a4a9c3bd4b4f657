/** A small whole case, as a run would save it. */
import { API_VERSION } from '../../src/model/api-version.ts';
import type { Case } from '../../src/model/case.ts';
import { NO_EVIDENCE } from '../../src/model/evidence.ts';

export const smallCase: Case = {
  apiVersion: API_VERSION,
  kind: 'Case',
  toolVersion: '0.1.0',
  gatheredAt: '2026-07-01T10:00:00.000Z',
  durationMs: 1_200,
  target: { requested: 'web-0', namespace: 'shop', pod: 'web-0' },
  evidence: {
    ...NO_EVIDENCE,
    pod: {
      state: 'known',
      value: {
        metadata: { name: 'web-0', namespace: 'shop' },
        spec: { nodeName: 'node-1', containers: [{ name: 'app' }] },
        status: { phase: 'Running', podIP: '10.244.0.9', podIPs: [{ ip: '10.244.0.9' }] },
      },
    },
  },
  entry: {
    state: 'ran',
    container: 'netcheck-x7k2p',
    image: 'docker.io/nicolaka/netshoot:v0.16',
    end: 'complete',
    exitCode: 0,
  },
  asks: [
    {
      id: 'dns-lookup/example.com.',
      probe: 'dns-lookup',
      purpose: 'external-name',
      question: { name: 'example.com.' },
    },
  ],
  runs: [{ id: 'dns-lookup/example.com.', exitCode: 1, stdout: '', stderr: '', cut: [] }],
};
