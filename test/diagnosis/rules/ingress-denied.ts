import { known, type RuleCases } from '../build.ts';
import { API_IN, CLIENT_IN } from '../policies.ts';
import { allPorts, SILENT_GET, toService } from '../to-destination.ts';

const { front, endpoints } = allPorts({ kind: 'timed-out' }, SILENT_GET);
const silent = [...front, ...endpoints];

export const cases: RuleCases = {
  fires: [
    {
      name: 'app=api is let in, the client is not',
      facts: toService({ observations: silent, evidence: { destinationPolicies: known([API_IN]) } }),
      summary: /^NetworkPolicy shop\/api-in does not let shop\/client in at pod\/web-0/,
      severity: 'error',
      confidence: 'certain',
      tells: [/nearest: .*app=api/, /^kubectl describe networkpolicy api-in -n shop$/, /"?app"?: "?client/],
    },
  ],
  silent: [
    {
      name: 'the client is let in, and something else drops it',
      facts: toService({ observations: silent, evidence: { destinationPolicies: known([CLIENT_IN]) } }),
    },
    {
      name: 'it passes',
      facts: toService({ evidence: { destinationPolicies: known([API_IN]) } }),
    },
    { name: 'no policy', facts: toService({ observations: silent }) },
  ],
};
