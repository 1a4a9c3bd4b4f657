import { defineRule } from '../../model/rule.ts';
import { measured } from '../observed.ts';
import { hostInCommand } from '../wording.ts';

/** Partial loss only: where nothing comes back, ICMP may be filtered, which alone is no fault. */
export default defineRule({
  id: 'packet-loss',
  code: 'NC2004',
  layer: 'interface',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: ['icmp-echo'],
  evaluate: ({ observations }) =>
    observations['icmp-echo'].flatMap(({ outcome, question, purpose }) => {
      const seen = measured(outcome);
      if (seen?.kind !== 'replied' || seen.received >= seen.sent) return [];
      const percent = Math.round((100 * (seen.sent - seen.received)) / seen.sent);
      return [
        {
          about: purpose,
          confidence: 'possible',
          summary: `${seen.sent - seen.received} of ${seen.sent} pings to ${question.host} were lost (${percent} %; a small sample)`,
          next: [`ping -c 100 -i 0.2 ${hostInCommand(question.host)}`],
        },
      ];
    }),
});
