import { defineRule } from '../../model/rule.ts';
import { isDenied } from '../destination/denied.ts';
import { wrongTargets } from '../destination/listens-elsewhere.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service-behind.ts';

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
