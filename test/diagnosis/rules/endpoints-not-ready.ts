import { api, facts, http, known, type RuleCases, slice } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API Service refuses',
      facts: facts({
        observations: api({ kind: 'refused' }, http('refused')),
        evidence: { apiEndpointSlices: known([slice()]) },
      }),
      summary: /^svc.kubernetes has no ready endpoint, so nothing answers on 10.96.0.1$/,
      severity: 'error',
      confidence: 'certain',
      about: 'kubernetes-api',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it refuses, and has an endpoint',
      facts: facts({ observations: api({ kind: 'refused' }, http('refused')) }),
    },
    {
      name: 'slices are behind, the connection works',
      facts: facts({ evidence: { apiEndpointSlices: known([]) } }),
    },
  ],
};
