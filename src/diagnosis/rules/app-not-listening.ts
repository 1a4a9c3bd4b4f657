import { defineRule } from '../../model/rule.ts';
import { deafPorts } from '../destination/ports/deaf-ports.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { isDenied } from '../destination/way/denied.ts';

/** Every endpoint refuses the port that it is meant to listen on, while its containers run. */
export default defineRule({
  id: 'app-not-listening',
  code: 'NC6002',
  layer: 'port',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: [...BEHIND_EVIDENCE, 'pod'],
  probes: [...BEHIND_PROBES, 'listeners'],
  evaluate: ({ destination, maybe, observations, findings }) =>
    destination === undefined || isDenied(findings) ? [] : deafPorts(destination, maybe, observations),
});
