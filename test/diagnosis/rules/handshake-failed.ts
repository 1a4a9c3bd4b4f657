import { apiGet, facts, fetchUrl, httpTimedOut, internet, type RuleCases, tlsFailed } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API does not answer the handshake',
      facts: facts({ observations: [apiGet(httpTimedOut('tls'))] }),
      summary: /no answer to the TLS handshake/,
      about: 'kubernetes-api',
      severity: 'error',
      tells: [/path MTU/],
    },
    {
      name: 'every site outside',
      facts: facts({ observations: internet({ kind: 'open' }, httpTimedOut('tls')) }),
      summary: /connection to the internet stands/,
      about: 'internet',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'one site only',
      facts: facts({ observations: [fetchUrl('https://example.com/', tlsFailed('handshake'))] }),
    },
    {
      name: 'a certificate that is not trusted came over a working network',
      facts: facts({ observations: internet({ kind: 'open' }, tlsFailed('untrusted')) }),
    },
    { name: 'what answers speaks no TLS', facts: facts({ observations: [apiGet(tlsFailed('not-tls'))] }) },
  ],
};
