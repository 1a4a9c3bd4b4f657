import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { urlInCommand } from '../destination/behind.ts';
import { httpRule } from '../http-drafts.ts';
import { ofPurpose } from '../observed.ts';
import { couldBe } from '../wording.ts';

const failed = httpRule({
  id: 'handshake-failed',
  code: 'NC7004',
  layer: 'tls',
  looksLike: couldBe(
    'a path MTU that is too small, or a filter that reads TLS: small packets pass and the handshake does not',
  ),
  next: ['ping -M do -s 1372 -c 3 1.1.1.1'],
});

/** A server that wants to know who asks is reached and works; netcheck has nothing to show it: a warning, as of HTTP's 401. */
export default defineRule({
  ...failed,
  evaluate: (input) => {
    const wanted = ofPurpose(input.observations['http-get'], 'destination').filter(
      ({ outcome }) => outcome.kind === 'tls-failed' && outcome.why === 'client-certificate',
    );
    return [
      ...failed.evaluate(input),
      ...wanted.map(
        ({ question: { url } }): FindingDraft => ({
          about: 'client-certificate',
          severity: 'warning',
          confidence: 'certain',
          summary: `${url} wants a certificate of the client, which netcheck does not have: the way there works, and what it serves was not seen`,
          evidence: ['the server ended the handshake with the alert "certificate required"'],
          next: [`curl -vk --cert CERTIFICATE --key KEY ${urlInCommand(url)}`],
        }),
      ),
    ];
  },
});
