import { defineRule } from '../../model/rule.ts';
import { CONNECT_SYMPTOM, connectDrafts } from '../connect-drafts.ts';
import { destinationHttpDrafts } from '../destination/http-drafts.ts';
import { httpDrafts } from '../http-drafts.ts';

/** At the connection, or after it stood. */
export default defineRule({
  id: 'connection-reset',
  code: 'NC6006',
  ...CONNECT_SYMPTOM,
  evaluate: ({ maybe, observations, internetMode, destination }) => [
    ...connectDrafts(observations, maybe, ['reset'], false, destination),
    ...httpDrafts(observations, internetMode, 'connection-reset', {
      evidence: ['a firewall that reads the traffic, or a proxy that gives up, looks like this too'],
    }),
    ...(destination === undefined
      ? []
      : destinationHttpDrafts(observations, maybe, internetMode, destination, 'connection-reset')),
  ],
});
