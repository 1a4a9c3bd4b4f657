import { lookupRule } from '../name-rule.ts';
import { capital } from '../wording.ts';

export default lookupRule({
  id: 'name-query-refused',
  code: 'NC3004',
  kind: 'query-refused',
  summary: (servers, names) => `${capital(servers)} refuses the query (REFUSED) for ${names}`,
  next: ['logs', 'config'],
});
