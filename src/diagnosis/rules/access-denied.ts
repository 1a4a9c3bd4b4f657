import { defineRule } from '../../model/rule.ts';
import { refusalOf } from '../refusal.ts';
import { canI, rightText, roleFor } from '../rights.ts';
import { listed } from '../wording.ts';

export default defineRule({
  id: 'access-denied',
  code: 'NC1101',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: [],
  evaluate: ({ target, entry }) => {
    const refusal = refusalOf(entry, 'access');
    const denied = entry.state === 'not-attempted' && entry.why === 'access-denied';
    if (!denied && refusal === undefined) return [];
    const rights = denied ? (entry.missing ?? []) : refusal?.right === undefined ? [] : [refusal.right];
    const here = rights.filter(({ namespace }) => namespace !== undefined);
    return [
      {
        confidence: 'certain',
        summary: `You are not permitted to ${rights.length === 0 ? 'add an ephemeral container' : listed(rights.map(rightText))}`,
        evidence: [
          ...(denied
            ? ['told by SelfSubjectAccessReview; nothing was changed']
            : entry.state === 'refused'
              ? [entry.message]
              : []),
          'the default roles view, edit and admin do not include pods/ephemeralcontainers',
        ],
        next: [...rights.map(canI), 'kubectl auth whoami'],
        mend: here.length === 0 ? undefined : roleFor(here, target.namespace),
      },
    ];
  },
});
