import { defineRule } from '../../model/rule.ts';
import { wrongTargets } from '../destination/ports/listens-elsewhere.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { isDenied } from '../destination/way/denied.ts';

/** Where nothing suggests another port, the app is down: `app-not-listening`. */
export default defineRule({
  id: 'target-port-mismatch',
  code: 'NC4004',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationPods'],
  uses: [...BEHIND_EVIDENCE, 'pod'],
  probes: [...BEHIND_PROBES, 'listeners'],
  evaluate: ({ destination, maybe, observations, findings }) =>
    destination === undefined || isDenied(findings) ? [] : wrongTargets(destination, maybe, observations),
});
