import { apiGet, facts, fetchUrl, httpTimedOut, internet, type RuleCases, tlsFailed } from '../build.ts';
import { frontGet } from '../to-destination.ts';
import { CERTIFICATE, toTls } from '../with-tls.ts';

const WANTS_CERTIFICATE = {
  kind: 'tls-failed',
  why: 'client-certificate',
  detail: 'tlsv13 alert certificate required',
  phases: { total: 6 },
  tls: CERTIFICATE,
} as const;

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
    {
      name: 'a Service refuses it',
      facts: toTls({
        checked: tlsFailed('handshake'),
        observations: [frontGet(tlsFailed('handshake'), { url: 'https://web/', port: 443 })],
      }),
      summary: /^https:..web. refuses the TLS handshake: as curl says it$/,
      about: 'destination',
      severity: 'error',
      tells: [/a server that wants a certificate of the client/],
    },
    {
      name: 'a Service does not answer it',
      facts: toTls({
        checked: httpTimedOut('tls'),
        observations: [frontGet(httpTimedOut('tls'), { url: 'https://web/', port: 443 })],
      }),
      summary: /^https:..web. accepts the connection, and answers nothing to the TLS handshake for 5.0 s$/,
    },
    {
      name: 'a Service wants a certificate of the client, as 401 wants a password: it is reached',
      facts: toTls({ observations: [frontGet(WANTS_CERTIFICATE, { url: 'https://web/', port: 443 })] }),
      summary: /^https:..web. wants a certificate of the client, which netcheck does not have/,
      about: 'client-certificate',
      severity: 'warning',
      confidence: 'certain',
      tells: [/^curl -vk --cert CERTIFICATE --key KEY https:..web.$/],
    },
  ],
  silent: [
    { name: 'a Service shakes hands', facts: toTls() },
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
