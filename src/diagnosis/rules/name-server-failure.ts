import { lookupRule } from '../name-rule.ts';
import { capital } from '../wording.ts';

export default lookupRule({
  id: 'name-server-failure',
  code: 'NC3003',
  kind: 'server-failure',
  summary: (servers, names) => `${capital(servers)} answers SERVFAIL for ${names}`,
  next: ['logs', 'config'],
});
