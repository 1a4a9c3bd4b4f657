import { api, dnsPod, facts, httpTimedOut, known, type RuleCases } from '../build.ts';
import { allPorts, SILENT_GET, toService } from '../to-destination.ts';

const silent = allPorts({ kind: 'timed-out' }, SILENT_GET);
const crashing = dnsPod('kube-proxy-abcde', {
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [
    { name: 'kube-proxy', restartCount: 9, state: { waiting: { reason: 'CrashLoopBackOff' } } },
  ],
});
const elsewhere = { ...dnsPod('kube-proxy-fghij'), spec: { nodeName: 'node-2', containers: [] } };

export const cases: RuleCases = {
  fires: [
    {
      name: 'it crashes, and a Service leads nowhere',
      facts: toService({ observations: silent.front, evidence: { kubeProxyPods: known([crashing]) } }),
      summary:
        /^kube-proxy is not ready on node-1, so Services that changed since it stopped lead nowhere from there$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/CrashLoopBackOff/, /^kubectl logs kube-proxy-abcde --previous --tail=50 -n kube-system$/],
    },
    {
      name: 'it is not on this node, and is on another',
      facts: toService({ observations: silent.front, evidence: { kubeProxyPods: known([elsewhere]) } }),
      summary: /^No kube-proxy pod runs on node-1, while other nodes have one/,
      severity: 'error',
    },
    {
      name: 'the Kubernetes API does not answer at its Service address',
      facts: facts({
        observations: api({ kind: 'timed-out' }, httpTimedOut('connect')),
        evidence: { kubeProxyPods: known([crashing]) },
      }),
      summary: /^kube-proxy is not ready on node-1/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'it crashes, and nothing fails for it',
      facts: toService({ evidence: { kubeProxyPods: known([crashing]) } }),
      summary: /^kube-proxy is not ready/,
      severity: 'warning',
    },
  ],
  silent: [
    {
      name: 'it is ready',
      facts: toService({
        observations: silent.front,
        evidence: { kubeProxyPods: known([dnsPod('kube-proxy-abcde')]) },
      }),
    },
    {
      name: 'no node has one: something else does its work',
      facts: toService({ observations: silent.front, evidence: { kubeProxyPods: known([]) } }),
    },
  ],
};
