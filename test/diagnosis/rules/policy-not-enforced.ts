import { known, type RuleCases } from '../build.ts';
import { API_IN, CLIENT_IN, NOTHING_OUT, WEB_OUT } from '../policies.ts';
import { allPorts, SILENT_GET, toService } from '../to-destination.ts';

const { front, endpoints } = allPorts({ kind: 'timed-out' }, SILENT_GET);

export const cases: RuleCases = {
  fires: [
    {
      name: 'the pod may not send anything, and does',
      facts: toService({ evidence: { networkPolicies: known([NOTHING_OUT]) } }),
      summary: /^NetworkPolicy shop\/nothing-out does not let client reach .*, yet it passes/,
      severity: 'warning',
      tells: [/allows nothing|no rule/],
    },
    {
      name: 'the other end lets in somebody else',
      facts: toService({ evidence: { destinationPolicies: known([API_IN]) } }),
      summary: /api-in does not let/,
      severity: 'warning',
    },
  ],
  silent: [
    {
      name: 'both ends allow it',
      facts: toService({
        evidence: { networkPolicies: known([WEB_OUT]), destinationPolicies: known([CLIENT_IN]) },
      }),
    },
    {
      name: 'the other end lets in the client',
      facts: toService({ evidence: { destinationPolicies: known([CLIENT_IN]) } }),
    },
    {
      name: 'it is denied, and does not pass',
      facts: toService({
        observations: [...front, ...endpoints],
        evidence: { destinationPolicies: known([API_IN]) },
      }),
    },
  ],
};
