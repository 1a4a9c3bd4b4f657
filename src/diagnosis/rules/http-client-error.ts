import { defineRule } from '../../model/rule.ts';
import { urlInCommand } from '../destination/behind.ts';
import { wantsTls, whyDeclined } from '../destination/requests/declined.ts';
import { otherScheme } from '../destination/requests/other-scheme.ts';
import { statusText } from '../http-status.ts';
import { proxyWordOf } from '../mesh-words.ts';
import { ofPurpose } from '../observed.ts';
import { oneLine } from '../wording.ts';

/**
 * The server is reached and works, and which path or credentials an app would use is not known: a warning. An error where the user named
 * an http URL, and what answers speaks TLS.
 */
export default defineRule({
  id: 'http-client-error',
  code: 'NC7102',
  layer: 'protocol',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: ['http-get'],
  evaluate: ({ destination, observations }) =>
    ofPurpose(observations['http-get'], 'destination').flatMap(({ question: { url }, outcome }) => {
      if (outcome.kind !== 'responded' || outcome.status < 400 || outcome.status > 499) return [];
      // A mesh that answers in its place is told by mesh-upstream-error.
      if (proxyWordOf(outcome)?.sure === true) return [];
      const { status, server, bodyStart } = outcome;
      const secure = wantsTls(outcome);
      const named = destination?.url !== undefined;
      const who = server === undefined ? '' : ` (server: ${oneLine(server, 60)})`;
      return [
        {
          about: 'destination',
          severity: secure && named ? ('error' as const) : ('warning' as const),
          confidence: 'certain' as const,
          summary: `${url} answers with ${statusText(status)}${who}: ${whyDeclined(outcome)}${secure ? `, ask for ${otherScheme(url)}` : ''}`,
          evidence: [
            ...(bodyStart === undefined ? [] : [`it says: ${oneLine(bodyStart, 160)}`]),
            ...(secure
              ? named
                ? []
                : [
                    'http was asked for because of the name or number of the port, or because its owner says so',
                  ]
              : ['the way to it works: it is reached, and answers']),
          ],
          next: [`curl -vk ${urlInCommand(secure ? otherScheme(url) : url)}`],
        },
      ];
    }),
});
