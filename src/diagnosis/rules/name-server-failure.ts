import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { lookupDrafts } from '../name-drafts.ts';
import { capital } from '../wording.ts';

export default defineRule({
  id: 'name-server-failure',
  code: 'NC3003',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'dnsService', 'apiService'],
  probes: ['dns-lookup', 'tcp-connect', 'resolv-conf'],
  evaluate: ({ maybe, observations }) =>
    lookupDrafts(observations, maybe, {
      kind: 'server-failure',
      summary: (servers, names) => `${capital(servers)} answers SERVFAIL for ${names}`,
      next: [dnsCommands(maybe.dnsService).logs, dnsCommands(maybe.dnsService).config],
    }),
});
