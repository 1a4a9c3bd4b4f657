import { defineRule } from '../../model/rule.ts';
import { interceptorOf } from '../mesh.ts';
import { listedShort, unique } from '../wording.ts';

/** Told for what it takes away: a connection that opens is no proof. What answers a request is. */
export default defineRule({
  id: 'proxy-answered-connect',
  code: 'NC6007',
  layer: 'port',
  role: 'symptom',
  severity: 'info',
  needs: [],
  uses: [],
  probes: ['tcp-connect'],
  evaluate: ({ observations }) => {
    const who = interceptorOf(observations['tcp-connect']);
    if (who === undefined) return [];
    const targets = observations['tcp-connect'].flatMap(({ question, outcome }) =>
      interceptorOf([{ outcome }]) === undefined ? [] : [`${question.host}:${question.port}`],
    );
    return [
      {
        confidence: 'certain',
        summary: `${who} in the pod accepts every TCP connection, so that one opens proves nothing: only an answer over TLS or HTTP does`,
        evidence: [`accepted by it: ${listedShort(unique(targets))}`],
      },
    ];
  },
});
