import { defineRule } from '../../model/rule.ts';
import { inCommand, oneLine } from '../wording.ts';

const PRESSURES: readonly string[] = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** A node that is not ready, yet ran the probes, is a warning; so is pressure. */
export default defineRule({
  id: 'node-not-ready',
  code: 'NC1110',
  layer: 'target',
  role: 'cause',
  severity: 'error',
  needs: ['node'],
  uses: [],
  probes: [],
  evaluate: ({ entry, evidence: { node } }) => {
    const bad = (node.status?.conditions ?? []).filter(
      ({ type, status }) =>
        (type === 'Ready' && status !== 'True') ||
        ((type === 'NetworkUnavailable' || PRESSURES.includes(type)) && status === 'True'),
    );
    const [worst] = [...bad].sort(
      (a, b) => Number(PRESSURES.includes(a.type)) - Number(PRESSURES.includes(b.type)),
    );
    if (worst === undefined) return [];
    const what = worst.type === 'Ready' ? 'not ready' : worst.type;
    return [
      {
        severity: entry.state === 'ran' || PRESSURES.includes(worst.type) ? 'warning' : 'error',
        confidence: 'certain',
        summary: `Node ${node.metadata.name} is ${what === 'not ready' ? what : `under ${what}`}`.replace(
          'under NetworkUnavailable',
          'without network (NetworkUnavailable)',
        ),
        evidence: bad.map(({ type, status, reason = '', message = '' }) =>
          oneLine(`${type}=${status} ${reason} ${message}`),
        ),
        explains: [
          'debug-container-failed',
          'debug-image-unavailable',
          'pod-not-started',
          'pod-without-address',
        ],
        next: [`kubectl describe node ${inCommand(node.metadata.name, 'NODE')}`],
      },
    ];
  },
});
