import { apiGet, facts, type RuleCases, tlsFailed } from '../build.ts';
import { frontGet, toWeb } from '../to-destination.ts';
import { toTls } from '../with-tls.ts';

const PLAIN = frontGet(tlsFailed('not-tls'), { url: 'https://web/', port: 443 });

export const cases: RuleCases = {
  fires: [
    {
      name: 'the Kubernetes API',
      facts: facts({ observations: [apiGet(tlsFailed('not-tls'))] }),
      summary: /does not speak TLS/,
      about: 'kubernetes-api',
    },
    {
      name: 'a Service whose port was taken for https',
      facts: toTls({ checked: tlsFailed('not-tls'), observations: [PLAIN] }),
      summary: /^https:..web. is not answered in TLS: ask for http:..web:443.$/,
      about: 'destination',
      severity: 'error',
      tells: [/^https was asked for because of the name or number of the port/, /^curl -v http:..web:443.$/],
    },
    {
      name: 'a URL of port 80',
      facts: toTls({
        destination: { ...toWeb, url: 'https://web:80/' },
        checked: tlsFailed('not-tls'),
        url: 'https://web:80/',
        observations: [frontGet(tlsFailed('not-tls'), { url: 'https://web:80/', port: 443 })],
      }),
      summary: /ask for http:..web.$/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'the handshake fails', facts: facts({ observations: [apiGet(tlsFailed('handshake'))] }) },
  ],
};
