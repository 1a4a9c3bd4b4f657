import { defineRule } from '../../model/rule.ts';
import { CONNECT_SYMPTOM, connectDrafts } from '../connect-drafts.ts';
import { destinationHttpDrafts } from '../destination/requests/http-drafts.ts';
import { httpDrafts } from '../http-drafts.ts';
import { couldBe } from '../wording.ts';

/** At the connection, or after it stood. */
export default defineRule({
  id: 'connection-reset',
  code: 'NC6006',
  ...CONNECT_SYMPTOM,
  evaluate: ({ maybe, observations, internetMode, destination }) => [
    ...connectDrafts(observations, maybe, ['reset'], false, destination),
    ...httpDrafts(observations, internetMode, 'connection-reset', {
      evidence: [couldBe('a firewall that reads the traffic, or a proxy that gives up')],
    }),
    ...(destination === undefined
      ? []
      : destinationHttpDrafts(observations, maybe, internetMode, destination, 'connection-reset')),
  ],
});
