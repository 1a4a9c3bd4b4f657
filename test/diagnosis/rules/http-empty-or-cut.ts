import { apiGet, facts, http, httpTimedOut, type RuleCases } from '../build.ts';
import { frontGet, toService } from '../to-destination.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'closed without an answer',
      facts: facts({ observations: [apiGet(http('empty'))] }),
      summary: /closed without an answer/,
    },
    { name: 'broken off', facts: facts({ observations: [apiGet(http('partial'))] }), summary: /broke off/ },
    { name: 'no HTTP', facts: facts({ observations: [apiGet(http('not-http'))] }), summary: /not HTTP/ },
    {
      name: 'a Service: closed without an answer',
      facts: toService({ observations: [frontGet(http('empty'))] }),
      summary: /^http:..web. accepts the connection, and closes it without an answer$/,
      about: 'destination',
    },
    {
      name: 'a Service: broken off',
      facts: toService({ observations: [frontGet(http('partial'))] }),
      summary: /^http:..web. begins its answer, and breaks it off$/,
    },
    {
      name: 'a Service: no HTTP',
      facts: toService({ observations: [frontGet(http('not-http'))] }),
      summary: /^http:..web. answers with something that is not HTTP$/,
    },
    {
      name: 'a Service: the answer does not end',
      facts: toService({ observations: [frontGet(httpTimedOut('transfer'))] }),
      summary: /^http:..web. begins its answer, and does not end it within 5.0 s$/,
    },
  ],
  silent: [
    { name: 'a Service resets', facts: toService({ observations: [frontGet(http('reset'))] }) },
    { name: 'a healthy pod', facts: facts() },
    { name: 'a reset', facts: facts({ observations: [apiGet(http('reset'))] }) },
  ],
};
