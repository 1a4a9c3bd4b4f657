import { apiGet, facts, httpTimedOut, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: [apiGet(httpTimedOut('first-byte'))] }),
      summary: /no answer to the request/,
      about: 'kubernetes-api',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'silence in the handshake', facts: facts({ observations: [apiGet(httpTimedOut('tls'))] }) },
  ],
};
