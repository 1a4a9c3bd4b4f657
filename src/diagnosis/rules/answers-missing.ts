import { suite } from '../../../probes/index.ts';
import { defineRule } from '../../model/rule.ts';
import { counted, inCommand, kubectl, listedShort } from '../wording.ts';

/** A run that ended early says so itself, and so does an ask that its own time limit ended. What needed the answer is a check. */
export default defineRule({
  id: 'answers-missing',
  code: 'NC1111',
  layer: 'target',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: suite.map(({ id }) => id),
  evaluate: ({ target, entry, observations }) => {
    if (entry.state !== 'ran' || entry.end !== 'complete') return [];
    const asked = Object.values(observations).flat();
    const missing = asked.filter(
      ({ outcome }) => outcome.kind === 'did-not-run' && outcome.reason === 'no-record',
    );
    if (missing.length === 0) return [];
    return [
      {
        confidence: 'certain',
        summary: `The debug container ran to its end, and ${missing.length} of ${counted(asked.length, 'answer')} ${missing.length === 1 ? 'is' : 'are'} not in its log: ${listedShort(missing.map(({ id }) => id))}`,
        evidence: [`container ${entry.container}`],
        next: [kubectl(target.namespace, 'netcheck', inCommand(target.pod, 'POD'))],
      },
    ];
  },
});
