import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { lookupDrafts } from '../name-drafts.ts';
import { capital } from '../wording.ts';

export default defineRule({
  id: 'name-query-refused',
  code: 'NC3004',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'dnsService', 'apiService'],
  probes: ['dns-lookup', 'tcp-connect', 'resolv-conf'],
  evaluate: ({ maybe, observations }) =>
    lookupDrafts(observations, maybe, {
      kind: 'query-refused',
      summary: (servers, names) => `${capital(servers)} refuses the query (REFUSED) for ${names}`,
      next: [dnsCommands(maybe.dnsService).logs, dnsCommands(maybe.dnsService).config],
    }),
});
