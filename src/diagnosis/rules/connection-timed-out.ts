import { defineRule } from '../../model/rule.ts';
import { CONNECT_SYMPTOM, connectDrafts } from '../connect-drafts.ts';

export default defineRule({
  id: 'connection-timed-out',
  code: 'NC6004',
  ...CONNECT_SYMPTOM,
  evaluate: ({ maybe, observations, destination }) =>
    connectDrafts(observations, maybe, ['timed-out'], true, destination),
});
