import { defineRule } from '../../model/rule.ts';
import { refusalOf } from '../refusal.ts';
import { oneLine } from '../wording.ts';

export default defineRule({
  id: 'admission-refused',
  code: 'NC1104',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: [],
  evaluate: ({ entry }) => {
    const refusal = refusalOf(entry, 'admission');
    if (refusal === undefined || entry.state !== 'refused') return [];
    return [
      {
        confidence: 'certain',
        summary: refusal.failing
          ? `The admission ${refusal.by} does not work, so no container can be added to this pod`
          : `${refusal.by} refuses the debug container`,
        evidence: [oneLine(entry.message, 1000)],
        next: [
          refusal.by.startsWith('webhook')
            ? 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'
            : 'kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings',
        ],
      },
    ];
  },
});
