import type { Observation, OutcomeOf } from '../../../probes/index.ts';
import { externalNames, facts, type RuleCases, response, SERVFAIL, TIMED_OUT } from '../build.ts';
import { TO_ADDRESS, TO_MULTICAST, TO_MULTICAST_TOO, TO_NODE } from '../corefiles.ts';

const upstream = (outcome: OutcomeOf<'dns-query'>): Observation => ({
  id: 'dns-query/upstream/10.9.9.9',
  probe: 'dns-query',
  purpose: 'upstream',
  question: { name: 'example.com.', type: 'A', server: '10.9.9.9' },
  outcome,
});
const deaf = upstream({ kind: 'timed-out', failedTries: [{ server: '10.9.9.9', why: 'timed-out' }] });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a multicast address',
      facts: facts({ observations: externalNames(SERVFAIL), evidence: { corefile: TO_MULTICAST } }),
      summary: /to 233\.5\.5\.5 \(line 5\), a multicast address: no server can be there$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/^kubectl edit configmap coredns -n kube-system && kubectl rollout restart/],
    },
    {
      name: 'it does not answer the pod either',
      facts: facts({ observations: [...externalNames(TIMED_OUT), deaf], evidence: { corefile: TO_ADDRESS } }),
      summary: /to 10\.9\.9\.9 \(line 5\), which does not answer this pod either$/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'one of two cannot be a server, and the other answers',
      facts: facts({ evidence: { corefile: TO_MULTICAST_TOO } }),
      summary: /multicast/,
      severity: 'warning',
    },
  ],
  silent: [
    {
      name: 'it answers the pod: the fault lies between it and CoreDNS',
      facts: facts({
        observations: [...externalNames(TIMED_OUT), upstream(response('10.9.9.9'))],
        evidence: { corefile: TO_ADDRESS },
      }),
    },
    {
      name: "the node's nameservers, which are not known",
      facts: facts({ observations: externalNames(SERVFAIL), evidence: { corefile: TO_NODE } }),
    },
    {
      name: 'it is silent for the pod, and names outside resolve all the same',
      facts: facts({ observations: [deaf], evidence: { corefile: TO_ADDRESS } }),
    },
  ],
};
