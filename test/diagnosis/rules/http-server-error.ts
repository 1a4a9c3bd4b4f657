import { apiGet, facts, internet, type RuleCases, responded } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API answers 503',
      facts: facts({ observations: [apiGet(responded(503))] }),
      summary: /answered with HTTP 503/,
      about: 'kubernetes-api',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'not authorised is an answer', facts: facts({ observations: [apiGet(responded(401))] }) },
    {
      name: 'a site outside answers 503: the way there works',
      facts: facts({ observations: internet({ kind: 'open' }, responded(503)) }),
    },
  ],
};
