import { defineRule } from '../../model/rule.ts';
import { endpointLines } from '../destination/behind.ts';
import { DESTINATION_EVIDENCE, readDestination } from '../destination/read.ts';
import { objectCommands } from '../destination/way/connect-drafts.ts';
import { meshOf } from '../mesh.ts';
import { isPassedOn, proxyWordOf } from '../mesh-words.ts';
import { ofPurpose } from '../observed.ts';
import { inCommand, kubectl, oneLine, unique } from '../wording.ts';

/** An error that the app itself gave, and that a proxy passed on, is none of its own: Envoy then tells how long the app took. */
export default defineRule({
  id: 'mesh-upstream-error',
  code: 'NC7107',
  layer: 'protocol',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['pod', ...DESTINATION_EVIDENCE],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ target, destination, maybe, observations }) => {
    if (destination === undefined) return [];
    const hits = ofPurpose(observations['http-get'], 'destination').flatMap(({ question, outcome }) => {
      const word = outcome.kind === 'responded' ? proxyWordOf(outcome) : undefined;
      return word === undefined || outcome.kind !== 'responded'
        ? []
        : [{ url: question.url, word, answer: outcome }];
    });
    const [first] = hits;
    if (first === undefined) return [];
    const { url, word, answer } = first;
    const own = maybe.pod.state === 'known' ? meshOf(maybe.pod.value) : undefined;
    const far = own === undefined || isPassedOn(answer);
    const who = far ? `${word.proxy}, which stands before ${url},` : `${own ?? word.proxy} in this pod`;
    const { endpoints } = readDestination(destination, observations, maybe);
    const said = answer.headers?.['l5d-proxy-error'] ?? answer.bodyStart;
    return [
      {
        about: 'destination',
        confidence: word.sure ? 'certain' : 'possible',
        summary: `${who} answers in place of the app, with HTTP ${answer.status}: ${word.meaning}${word.flag === undefined ? '' : ` (${word.flag})`}`,
        evidence: unique([
          ...(said === undefined ? [] : [`it says: ${oneLine(said, 300)}`]),
          ...(answer.server === undefined ? [] : [`server: ${oneLine(answer.server, 60)}`]),
          // Asked from here, each of them is answered for by the same proxy.
          ...(far ? endpointLines(endpoints) : []),
        ]),
        explains: ['http-server-error/destination'],
        next: [
          ...(far || own === 'ztunnel' || own === undefined
            ? []
            : [kubectl(target.namespace, 'logs', inCommand(target.pod, 'POD'), '-c', own, '--tail=50')]),
          ...objectCommands(destination),
        ],
      },
    ];
  },
});
