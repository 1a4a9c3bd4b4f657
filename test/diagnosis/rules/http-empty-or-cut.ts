import { apiGet, facts, http, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'closed without an answer',
      facts: facts({ observations: [apiGet(http('empty'))] }),
      summary: /closed without an answer/,
    },
    { name: 'broken off', facts: facts({ observations: [apiGet(http('partial'))] }), summary: /broke off/ },
    { name: 'no HTTP', facts: facts({ observations: [apiGet(http('not-http'))] }), summary: /not HTTP/ },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'a reset', facts: facts({ observations: [apiGet(http('reset'))] }) },
  ],
};
