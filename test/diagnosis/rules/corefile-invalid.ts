import {
  allNames,
  clusterNames,
  dnsPod,
  facts,
  known,
  NXDOMAIN,
  PORT_REFUSED,
  type RuleCases,
  slice,
} from '../build.ts';
import { TO_NODE, WITH_MAX_FAILS, WITH_TIMEOUT, WITHOUT_CLUSTER } from '../corefiles.ts';

const crashing = dnsPod('coredns-new', {
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [
    {
      name: 'coredns',
      ready: false,
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    },
  ],
});
const down = { dnsPods: known([crashing]), dnsEndpointSlices: known([slice()]) };

export const cases: RuleCases = {
  fires: [
    {
      name: 'all pods have read it, and crash',
      facts: facts({ observations: allNames(PORT_REFUSED), evidence: { corefile: WITH_TIMEOUT, ...down } }),
      summary:
        /^CoreDNS does not start with this configuration: line 6 of the Corefile: forward has no property "timeout"$/,
      severity: 'error',
      confidence: 'certain',
      tells: [
        /CrashLoopBackOff/,
        /--previous/,
        /^kubectl edit configmap coredns -n kube-system && kubectl rollout restart/,
      ],
    },
    {
      name: 'no pod has read it yet',
      facts: facts({ evidence: { corefile: WITH_TIMEOUT } }),
      summary: /until they are replaced$/,
      severity: 'warning',
      confidence: 'likely',
    },
    {
      name: 'one new pod crashes beside an old one',
      facts: facts({ evidence: { corefile: WITH_TIMEOUT, dnsPods: known([dnsPod('coredns-1'), crashing]) } }),
      summary: /until they are replaced$/,
      severity: 'warning',
      confidence: 'certain',
    },
    {
      name: 'the zone of the cluster is missing, and its names do not exist',
      facts: facts({ observations: clusterNames(NXDOMAIN), evidence: { corefile: WITHOUT_CLUSTER } }),
      summary: /does not answer for the cluster's names/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'a property that forward has', facts: facts({ evidence: { corefile: WITH_MAX_FAILS } }) },
    {
      name: 'pods crash, and the Corefile is well',
      facts: facts({ observations: allNames(PORT_REFUSED), evidence: { corefile: TO_NODE, ...down } }),
    },
    {
      name: 'the configuration may not be read',
      facts: facts({
        evidence: {
          corefile: {
            state: 'forbidden',
            right: { verb: 'get', group: '', resource: 'configmaps', namespace: 'kube-system' },
          },
        },
      }),
    },
    {
      name: 'names of the cluster resolve: another file brings the zone',
      facts: facts({ evidence: { corefile: WITHOUT_CLUSTER } }),
    },
  ],
};
