import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { lookupDrafts } from '../name-drafts.ts';

/** svc/kubernetes tells the address of the cluster's own name; for names outside only addresses that lead nowhere are wrong. */
export default defineRule({
  id: 'name-wrong-answer',
  code: 'NC3013',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: ['pod', 'dnsService', 'apiService'],
  probes: ['dns-lookup', 'tcp-connect', 'resolv-conf'],
  evaluate: ({ maybe, observations }) => {
    const commands = dnsCommands(maybe.dnsService);
    return lookupDrafts(observations, maybe, {
      kind: 'wrong-answer',
      summary: (servers, names) => `DNS (${servers}) gives a wrong address for ${names}`,
      next: ['kubectl get service kubernetes -n default', commands.config],
    });
  },
});
