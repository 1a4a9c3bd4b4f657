import type { Pod } from '../../../src/model/kubernetes.ts';
import { answer, dnsPod, facts, known, lookup, type RuleCases } from '../build.ts';

const on = (name: string, nodeName: string): Pod => {
  const made = dnsPod(name);
  return { ...made, spec: { ...made.spec, nodeName } };
};
const slow = lookup('example.com.', answer('example.com.', '203.0.113.10'), 5020);

export const cases: RuleCases = {
  fires: [
    {
      name: 'one pod, on another node than this one, and lookups are slow',
      facts: facts({ observations: [slow], evidence: { dnsPods: known([on('coredns-1', 'node-2')]) } }),
      summary: /^Cluster DNS is 1 pod on node node-2 alone/,
      severity: 'warning',
      confidence: 'possible',
    },
    {
      name: 'two pods of one node, and all is well',
      facts: facts({ evidence: { dnsPods: known([on('coredns-1', 'node-2'), on('coredns-2', 'node-2')]) } }),
      summary: /^Cluster DNS is 2 pods on node node-2 alone/,
      severity: 'info',
    },
  ],
  silent: [
    {
      name: 'spread over two nodes',
      facts: facts({
        observations: [slow],
        evidence: { dnsPods: known([on('coredns-1', 'node-2'), on('coredns-2', 'node-3')]) },
      }),
    },
    {
      name: 'the only node that is seen',
      facts: facts({ observations: [slow], evidence: { dnsPods: known([on('coredns-1', 'node-1')]) } }),
    },
  ],
};
