import { api, apiGet, facts, fetchUrl, http, type RuleCases } from '../build.ts';
import { frontGet, toService } from '../to-destination.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'after it stood',
      facts: facts({ observations: [apiGet(http('reset'))] }),
      summary: /stands, then fails: the connection was reset/,
      about: 'kubernetes-api',
    },
    {
      name: 'at the connection',
      facts: facts({ observations: api({ kind: 'reset' }, http('refused')) }),
      summary: /reset the connection/,
    },
    {
      name: 'a Service, when the request comes',
      facts: toService({ observations: [frontGet(http('reset'))] }),
      summary: /^http:..web. accepts the connection, and resets it when the request comes$/,
      about: 'destination',
    },
  ],
  silent: [
    {
      name: 'a Service closes, and does not reset',
      facts: toService({ observations: [frontGet(http('empty'))] }),
    },
    { name: 'a healthy pod', facts: facts() },
    { name: 'closed without an answer, not reset', facts: facts({ observations: [apiGet(http('empty'))] }) },
    {
      name: 'one site of two resets',
      facts: facts({ observations: [fetchUrl('https://example.com/', http('reset'))] }),
    },
  ],
};
