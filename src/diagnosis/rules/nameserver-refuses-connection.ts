import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { lookupDrafts } from '../name-drafts.ts';

export default defineRule({
  id: 'nameserver-refuses-connection',
  code: 'NC3002',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'dnsService', 'apiService'],
  probes: ['dns-lookup', 'tcp-connect', 'resolv-conf'],
  evaluate: ({ maybe, observations }) =>
    lookupDrafts(observations, maybe, {
      kind: 'connection-refused',
      summary: (servers, _names, effect) => `Port 53 of ${servers} refuses the connection, so ${effect}`,
      next: [dnsCommands(maybe.dnsService).pods, dnsCommands(maybe.dnsService).endpoints],
    }),
});
