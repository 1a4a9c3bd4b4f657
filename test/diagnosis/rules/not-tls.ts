import { apiGet, facts, type RuleCases, tlsFailed } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: [apiGet(tlsFailed('not-tls'))] }),
      summary: /does not speak TLS/,
      about: 'kubernetes-api',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'the handshake fails', facts: facts({ observations: [apiGet(tlsFailed('handshake'))] }) },
  ],
};
