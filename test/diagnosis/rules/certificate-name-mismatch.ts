import { known, type RuleCases } from '../build.ts';
import { ENDPOINTS, frontGet, toService, toWeb, webSlice } from '../to-destination.ts';
import { CERTIFICATE, refusedAs, served, toTls, verified } from '../with-tls.ts';

const OTHER = { ...CERTIFICATE, sans: ['other.example', 'www.other.example'] };
const LONGER = { ...CERTIFICATE, sans: ['web.shop.svc', 'web.shop.svc.cluster.local'] };
const WIDER = { ...CERTIFICATE, sans: [...(CERTIFICATE.sans ?? []), 'other.example'] };
const SECOND_NOT_READY = known([
  webSlice(ENDPOINTS.map((address, index) => ({ address, ready: index === 0 }))),
]);
const named = { ...toWeb, host: 'web', url: 'https://web/' };
const address = {
  requested: 'https://10.0.0.7/',
  kind: 'address',
  address: '10.0.0.7',
  url: 'https://10.0.0.7/',
} as const;
const byAddress = { destination: address, url: 'https://10.0.0.7/' };

export const cases: RuleCases = {
  fires: [
    {
      name: 'none of its names is one of the Service',
      facts: toTls({ certificate: OTHER }),
      summary:
        /^The certificate of https:..web. is for other.example and www.other.example, and not for web: a client that checks certificates refuses it$/,
      about: 'destination',
      severity: 'error',
      confidence: 'certain',
    },
    {
      name: 'netcheck wrote the short name, and the certificate has the longer ones',
      facts: toTls({ certificate: LONGER }),
      summary: /and not for web: an app has to ask for https:..web.shop.svc.$/,
      severity: 'warning',
    },
    {
      name: 'the user wrote the short name',
      facts: toTls({ certificate: LONGER, destination: named }),
      summary: /an app has to ask for https:..web.shop.svc.$/,
      severity: 'error',
    },
    {
      name: 'a wildcard stands for one label only',
      facts: toTls({
        certificate: { ...CERTIFICATE, sans: ['*.svc'] },
        url: 'https://web.shop.svc/',
        destination: { ...toWeb, host: 'web.shop.svc', url: 'https://web.shop.svc/' },
      }),
      summary: /is for \*.svc, and not for web.shop.svc/,
      severity: 'error',
    },
    {
      name: 'asked by its address',
      facts: toTls({ ...byAddress, certificate: CERTIFICATE }),
      summary: /and not for 10.0.0.7/,
      severity: 'error',
      tells: [/asked for by its address/],
    },
    {
      name: 'a pod, which has no name',
      facts: toTls({
        destination: { requested: 'pod/web-0', kind: 'pod', namespace: 'shop', name: 'web-0' },
        url: 'https://10.244.0.21:8443/',
      }),
      summary: /and not for 10.244.0.21/,
      severity: 'warning',
    },
    {
      name: 'curl says so, and not which names it has',
      facts: toTls({ certificate: {}, checked: refusedAs('name-mismatch', {}, 0) }),
      summary: /is not for web: a client/,
      severity: 'error',
    },
    {
      name: "an Ingress controller's own",
      facts: toTls({
        certificate: {
          ...OTHER,
          subject: 'O=Acme Co, CN=Kubernetes Ingress Controller Fake Certificate',
          sans: ['ingress.local'],
        },
      }),
      summary: /is for ingress.local/,
      tells: [/the Ingress controller's own/],
    },
    {
      name: 'one endpoint of two lacks it',
      facts: toTls({ second: OTHER }),
      summary:
        /^The certificate that pod.web-1 \(10.244.0.22, node-1\) shows for https:..web. is for other.example and www.other.example, and not for web: a client/,
      severity: 'error',
      confidence: 'certain',
      tells: [
        /^1 of 2 endpoints shows it: some connections get it, others do not$/,
        /^openssl s_client -connect 10.244.0.22:8443 -servername web /,
      ],
    },
    {
      name: 'the front answered by the one that lacks it',
      facts: toTls({
        second: OTHER,
        observations: [frontGet(served(OTHER), { url: 'https://web/', port: 443 })],
      }),
      summary: /^The certificate that pod.web-1 /,
    },
    {
      name: 'each endpoint has another name of the Service: no name does for both',
      facts: toTls({ certificate: { ...CERTIFICATE, sans: ['web.shop'] }, second: LONGER }),
      summary: /and not for web: a client that checks certificates refuses it$/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'no TLS is asked for', facts: toService() },
    { name: 'it has the name', facts: toTls() },
    {
      name: 'it has the name, in capitals',
      facts: toTls({ certificate: { ...CERTIFICATE, sans: ['WEB'] } }),
    },
    {
      name: 'a wildcard that stands for its first label',
      facts: toTls({
        certificate: { ...CERTIFICATE, sans: ['*.shop.svc'] },
        url: 'https://web.shop.svc/',
        destination: { ...toWeb, host: 'web.shop.svc', url: 'https://web.shop.svc/' },
      }),
    },
    {
      name: 'asked by its address, which it has',
      facts: toTls({ ...byAddress, certificate: { ...CERTIFICATE, sans: ['web', '10.0.0.7'] } }),
    },
    { name: 'its names are not told', facts: toTls({ certificate: { subject: 'CN=other.example' } }) },
    {
      name: 'more names than are told, and curl found the right one',
      facts: toTls({ certificate: OTHER, checked: verified(OTHER), secondChecked: verified(OTHER) }),
    },
    { name: 'both endpoints have the name, whatever else one of them has', facts: toTls({ second: WIDER }) },
    {
      name: 'the one that lacks it gets no traffic',
      facts: toTls({ second: OTHER, evidence: { destinationEndpointSlices: SECOND_NOT_READY } }),
    },
  ],
};
