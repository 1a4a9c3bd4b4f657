import { defineRule } from '../../model/rule.ts';
import { CONNECT_SYMPTOM, connectDrafts } from '../connect-drafts.ts';

export default defineRule({
  id: 'connection-refused',
  code: 'NC6001',
  ...CONNECT_SYMPTOM,
  evaluate: ({ maybe, observations, destination }) =>
    connectDrafts(observations, maybe, ['refused'], false, destination),
});
