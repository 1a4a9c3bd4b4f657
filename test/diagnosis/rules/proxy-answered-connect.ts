import type { Observation } from '../../../probes/index.ts';
import type { RuleCases } from '../build.ts';
import { CLUSTER_IP, frontConnect, toService } from '../to-destination.ts';

/** As a mesh's pod is judged: see mesh.ts. */
const intercepted = (reason: 'intercepted' | 'no-record', detail?: string): Observation =>
  frontConnect({ kind: 'did-not-run', reason, ...(detail === undefined ? {} : { detail }) });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a sidecar accepted the connection',
      facts: toService({ observations: [intercepted('intercepted', 'istio-proxy')] }),
      summary: /^istio-proxy in the pod accepts every TCP connection, so that one opens proves nothing/,
      severity: 'info',
      confidence: 'certain',
      tells: [new RegExp(`^accepted by it: ${CLUSTER_IP.replaceAll('.', '\\.')}:80$`)],
    },
    {
      name: 'which one is not told',
      facts: toService({ observations: [intercepted('intercepted')] }),
      summary: /^a mesh sidecar in the pod/,
    },
  ],
  silent: [
    { name: 'no mesh', facts: toService() },
    {
      name: 'not measured for another reason',
      facts: toService({ observations: [intercepted('no-record')] }),
    },
  ],
};
