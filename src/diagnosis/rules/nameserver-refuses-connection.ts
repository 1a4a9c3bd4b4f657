import { lookupRule } from '../name-rule.ts';

export default lookupRule({
  id: 'nameserver-refuses-connection',
  code: 'NC3002',
  kind: 'connection-refused',
  summary: (servers, _names, effect) => `Port 53 of ${servers} refuses the connection, so ${effect}`,
  next: ['pods', 'endpoints'],
});
