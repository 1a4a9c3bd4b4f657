import { defineRule } from '../../model/rule.ts';
import { failureLines, readNames } from '../names.ts';

/** NXDOMAIN is an answer, so there the upstream works: `name-not-found`. */
export default defineRule({
  id: 'upstream-dns-broken',
  code: 'NC3010',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['pod'],
  probes: ['dns-lookup', 'tcp-connect'],
  evaluate: ({ maybe, observations }) => {
    const { cluster, external } = readNames(observations, maybe.pod);
    if (cluster.state !== 'ok' || external.state !== 'failed') return [];
    if (external.kind === 'not-found' || external.kind === 'no-data') return [];
    return [
      {
        confidence: 'likely',
        summary:
          'Cluster DNS answers for its own names, but not for names outside: the servers that it forwards to do not answer it',
        evidence: [
          `${cluster.lookup.question.name}: answered by ${cluster.outcome.server}`,
          ...failureLines(external.failed),
        ],
        explains: [
          'nameserver-silent/external-name',
          'name-server-failure/external-name',
          'name-query-refused/external-name',
        ],
        next: [
          'kubectl get configmap coredns -n kube-system -o yaml',
          'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=50',
        ],
      },
    ];
  },
});
