import { defineRule } from '../../model/rule.ts';
import { endpointName } from '../destination/read.ts';
import { deadFronts, missingLocally } from '../destination/service/front-dead.ts';
import {
  BEHIND_EVIDENCE,
  BEHIND_PROBES,
  frontOf,
  serviceBehind,
} from '../destination/service/service-behind.ts';
import { patchSpec } from '../destination/service/service-patch.ts';
import { connectSymptoms } from '../destination/symptoms.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

/** Of connections from within the cluster. What comes from outside has `externalTrafficPolicy`: NC9004. */
export default defineRule({
  id: 'traffic-policy-local',
  code: 'NC4009',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['pod', 'destinationService', 'destinationEndpointSlices'],
  uses: [...NAME_EVIDENCE, ...BEHIND_EVIDENCE],
  probes: [...NAME_PROBES, ...BEHIND_PROBES],
  evaluate: ({ destination, internetMode, evidence: { pod }, maybe, observations }) => {
    const behind = serviceBehind(destination, maybe);
    const node = pod.spec.nodeName;
    const elsewhere = behind === undefined ? undefined : missingLocally(behind, node);
    if (destination?.kind !== 'service' || behind === undefined || elsewhere === undefined || behind.headless)
      return [];
    if (frontOf(observations, internetMode) === 'works') return [];
    const failed = deadFronts(destination, maybe, observations).length > 0;
    return [
      {
        confidence: failed ? 'certain' : 'likely',
        summary: `${behind.text} has internalTrafficPolicy Local and no ready endpoint on ${node ?? ''}, where this pod runs: its endpoints are on ${listed(elsewhere)}`,
        evidence: [
          ...(behind.ready ?? []).slice(0, 6).map((endpoint) => `ready: ${endpointName(endpoint)}`),
          'kube-proxy drops connections to such a Service from a node that has no endpoint of it',
        ],
        explains: connectSymptoms(['timed-out', 'refused', 'unreachable', 'reset']),
        next: [
          kubectl(
            behind.namespace,
            'get',
            'endpointslices',
            '-l',
            `kubernetes.io/service-name=${inCommand(behind.name, 'SERVICE')}`,
            '-o',
            'wide',
          ),
        ],
        mend: patchSpec(behind.service, { internalTrafficPolicy: 'Cluster' }),
      },
    ];
  },
});
