import { nameservers, type Scenario } from './scenario.ts';

const http = (
  name: string,
  url: string,
  truth: Scenario['truth'],
  more: Partial<Scenario> = {},
): Scenario => ({
  name,
  probe: 'http-get',
  question: { url },
  truth,
  ...more,
});
const HOST = '203.0.113.10';
const plain = (port: number): string => `http://${HOST}:${port}/`;
const secure = (port: number): string => `https://www.example.com:${port}/`;

/** `has` with a field that is undefined says that there is none. */
const answered = (status: number, has: object): Scenario['truth'] => ({ k: 'http', status, has });
const UPSTREAM =
  'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused';

const answers: readonly Scenario[] = [
  http('envoy-upstream-refused', plain(8201), answered(503, { server: 'envoy', bodyStart: UPSTREAM })),
  http('envoy-no-healthy-upstream', plain(8202), answered(503, { bodyStart: 'no healthy upstream' })),
  // The shell's pipe is opened a second time, by /proc: that has to be allowed to anybody.
  {
    ...http('error-as-nobody', plain(8202), answered(503, { bodyStart: 'no healthy upstream' })),
    asNobody: true,
  },
  http(
    'istio-rbac',
    plain(8203),
    answered(403, {
      server: 'istio-envoy',
      headers: { 'x-envoy-upstream-service-time': '2' },
      bodyStart: 'RBAC: access denied',
    }),
  ),
  http('istio-no-route', plain(8204), answered(404, { server: 'istio-envoy', bodyStart: undefined })),
  http(
    'linkerd-timeout',
    plain(8205),
    answered(504, {
      headers: {
        'l5d-proxy-error': 'endpoint 10.244.0.7:8080: connect timed out after 1s',
        'l5d-proxy-connection': 'close',
      },
    }),
  ),
  http('default-backend', plain(8206), answered(404, { bodyStart: 'default backend - 404' })),
  http('traefik-no-server', plain(8207), answered(503, { bodyStart: 'no available server' })),
  http('haproxy-no-server', plain(8208), { k: 'http', status: 503 }),
  http('envoy-200', plain(8209), answered(200, { server: 'envoy', bodyStart: undefined })),
  http('squid-503', plain(8210), answered(503, { server: 'squid/5.7' })),
  http('huge-error', plain(8211), answered(500, { bodyStart: 'x'.repeat(512) })),
  http('endless', plain(8212), { k: 'http', status: 200 }),
  http('endless-error', plain(8213), { k: 'http', status: 500 }),
  http('binary-error', plain(8214), answered(500, { bodyStart: undefined })),
  http('error-like-a-report', plain(8215), { k: 'http', status: 403 }),
  http(
    'interim-then-error',
    plain(8216),
    answered(404, { headers: { via: '1.1 edge, 1.0 corp (squid/3.5)' }, bodyStart: 'gone\nfor\ngood' }),
  ),
  http('many-headers', plain(8217), answered(502, { headers: { via: '1.1 late.example.com' } })),
  http('huge', plain(8218), { k: 'http', status: 200 }),
  http('trailers', plain(8219), answered(503, { headers: undefined })),
  http('error-cut-in-a-character', plain(8220), answered(503, { bodyStart: `x${'é'.repeat(255)}` })),
];

const trusted = { trust: true } as const;
const tls: readonly Scenario[] = [
  http(
    'tls-1.2',
    secure(7446),
    { k: 'http', status: 200, tls_facts: { protocol: 'TLSv1.2', verified: true } },
    trusted,
  ),
  http(
    'tls-1.3',
    secure(7447),
    { k: 'http', status: 200, tls_facts: { protocol: 'TLSv1.3', verified: true, verifyResult: 0 } },
    trusted,
  ),
  http('http2', secure(7448), answered(200, { httpVersion: '2', server: 'envoy' }), trusted),
  http('http2-error', secure(7449), answered(503, { bodyStart: 'no healthy upstream' }), trusted),
  http(
    'tls-chain',
    secure(7450),
    {
      k: 'http',
      status: 200,
      tls_facts: {
        subject: 'CN=www.example.com',
        issuer: 'C=DE, O="Recorded; World", CN=Trusted Authority',
        verified: true,
      },
    },
    trusted,
  ),
  http(
    'tls-untrusted',
    secure(7451),
    { k: 'tls', why: 'untrusted', tls_facts: { verified: false } },
    trusted,
  ),
  http(
    'tls-by-address',
    `https://${HOST}/`,
    { k: 'http', status: 200, tls_facts: { verified: true } },
    trusted,
  ),
  http('tls-closed-after', secure(7452), { k: 'empty', tls_facts: { verified: true } }, trusted),
  http(
    'tls-silent-after',
    secure(7453),
    { k: 'timeout', phase: 'first-byte', tls_facts: { protocol: 'TLSv1.3', verified: true } },
    trusted,
  ),
  http('tls-reset-after', secure(7454), { k: 'reset', tls_facts: { verified: true } }, trusted),
  {
    ...http('tls-trusted-not-verified', secure(443), {
      k: 'http',
      status: 200,
      tls_facts: { subject: 'CN=www.example.com', verified: undefined, verifyResult: undefined },
    }),
    ...trusted,
    question: { url: secure(443), insecure: true },
  },
];

const asking = (name: string, question: object, truth: Scenario['truth'], more: Partial<Scenario> = {}) => ({
  ...http(name, '', truth, more),
  question,
});
const over4 = `host www.example.com:8222 over ::ffff:${HOST}`;
const ways: readonly Scenario[] = [
  asking(
    'ipv4-only',
    { url: 'http://www.example.com:8222/', family: 'ipv4' },
    answered(418, { bodyStart: over4 }),
  ),
  asking(
    'ipv6-only',
    { url: 'http://www.example.com:8222/', family: 'ipv6' },
    answered(418, { bodyStart: 'host www.example.com:8222 over 2001:db8:5::10' }),
  ),
  asking('ipv4-of-a-name-without', { url: 'http://six.example.com/', family: 'ipv4' }, { k: 'dns' }),
  asking(
    'connect-to',
    { url: 'http://web.shop/', connectTo: { address: HOST, port: 8222 } },
    answered(418, { bodyStart: `host web.shop over ::ffff:${HOST}` }),
  ),
  asking(
    'connect-to-ipv6',
    { url: 'http://web.shop:8222/', connectTo: { address: '2001:db8:5::10' } },
    answered(418, { bodyStart: 'host web.shop:8222 over 2001:db8:5::10' }),
  ),
  asking(
    'connect-to-tls',
    { url: 'https://www.example.com/', connectTo: { address: HOST, port: 443 } },
    { k: 'http', status: 200, tls_facts: { verified: true } },
    trusted,
  ),
  asking(
    'connect-to-refused',
    { url: 'http://web.shop/', connectTo: { address: HOST, port: 81 } },
    { k: 'refused' },
  ),
  asking(
    'connect-to-dropped',
    { url: 'http://web.shop/', connectTo: { address: '198.51.100.1' } },
    { k: 'timeout', phase: 'connect' },
  ),
  asking(
    'host-header',
    { url: plain(8222), hostHeader: 'shop.example.com' },
    answered(418, { bodyStart: `host shop.example.com over ::ffff:${HOST}` }),
  ),
];

const proxy = (port: number): string => `http://${HOST}:${port}`;
const tunnelled = (name: string, port: number, truth: Scenario['truth']): Scenario =>
  asking(name, { url: 'https://www.example.com/', proxy: proxy(port) }, truth, trusted);
const proxies: readonly Scenario[] = [
  tunnelled('proxy-tunnel', 3128, {
    k: 'http',
    status: 200,
    has: { headers: undefined },
    tls_facts: { verified: true },
  }),
  tunnelled('proxy-tunnel-407', 3129, {
    k: 'proxy',
    has: {
      why: 'refused',
      status: 407,
      server: 'squid/5.7',
      headers: { 'x-squid-error': 'ERR_CACHE_ACCESS_DENIED 0' },
    },
  }),
  tunnelled('proxy-tunnel-503', 3130, {
    k: 'proxy',
    has: { why: 'refused', status: 503, server: 'squid/5.7' },
  }),
  tunnelled('proxy-tunnel-silent', 3131, { k: 'proxy', has: { why: 'timed-out' } }),
  tunnelled('proxy-tunnel-closed', 3132, { k: 'proxy', has: { why: 'closed' } }),
  tunnelled('proxy-tunnel-reset', 3133, { k: 'proxy', has: { why: 'reset' } }),
  tunnelled('proxy-tunnel-not-http', 3134, { k: 'proxy', has: { why: 'not-http' } }),
  tunnelled('proxy-tunnel-refused', 81, { k: 'refused' }),
  asking(
    'proxy-tunnel-tls-refused',
    { url: 'https://www.example.com:9443/', proxy: proxy(3128) },
    { k: 'tls', why: 'expired' },
    trusted,
  ),
  asking(
    'proxy-tunnel-tls-silent',
    { url: 'https://www.example.com:6443/', proxy: proxy(3128) },
    { k: 'timeout', phase: 'tls' },
  ),
  asking(
    'proxy-plain',
    { url: 'http://web.shop/', proxy: proxy(3128) },
    answered(200, { headers: { 'x-cache': 'HIT from proxy', via: '1.1 proxy.example.com (squid/5.7)' } }),
  ),
  asking(
    'proxy-plain-407',
    { url: 'http://web.shop/', proxy: proxy(3129) },
    { k: 'proxy', has: { why: 'refused', status: 407 } },
  ),
  asking(
    'proxy-plain-503',
    { url: 'http://web.shop/', proxy: proxy(3130) },
    answered(503, { server: 'squid/5.7' }),
  ),
  asking(
    'proxy-plain-silent',
    { url: 'http://web.shop/', proxy: proxy(3131) },
    { k: 'timeout', phase: 'first-byte' },
  ),
  asking(
    'proxy-name-absent',
    { url: 'http://web.shop/', proxy: 'http://nope.example.com:3128' },
    { k: 'dns' },
  ),
  asking(
    'proxy-dropped',
    { url: 'http://web.shop/', proxy: 'http://198.51.100.1:3128' },
    { k: 'timeout', phase: 'connect' },
  ),
];

export const httpGet: readonly Scenario[] = [
  http('ok', 'http://203.0.113.10/', { k: 'http', status: 200 }),
  http('ok-ipv6', 'http://[2001:db8:5::10]/', { k: 'http', status: 200 }),
  http('ok-by-name', 'http://mixed.example.com/', { k: 'http', status: 200 }),
  http('redirect', plain(8301), { k: 'http', status: 301 }),
  ...[401, 403, 404, 500, 502, 503, 504].map((status) =>
    http(`status-${status}`, plain(8000 + status), { k: 'http', status }),
  ),
  http('slow-first-byte', plain(8101), { k: 'http', status: 200, min_ttfb: 0.6 }),
  http('announced-and-cut', plain(9007), { k: 'partial' }),
  http('refused', plain(81), { k: 'refused' }),
  http('refused-by-icmp', 'http://198.51.105.1/', { k: 'refused' }),
  http('dropped', 'http://198.51.100.1/', { k: 'timeout', phase: 'connect' }),
  http('dropped-and-unreachable', 'http://dead.example.com/', { k: 'timeout', phase: 'connect' }),
  http('host-unreachable', 'http://198.51.101.1/', { k: 'unreachable', which: 'host' }),
  http('prohibited', 'http://198.51.102.1/', { k: 'unreachable', which: 'host' }),
  http('network-unreachable', 'http://198.51.103.1/', { k: 'unreachable', which: 'network' }),
  http('ipv6-prohibited', 'http://[2001:db8:102::1]/', { k: 'unreachable', which: 'prohibited' }),
  http('no-default-route', 'http://192.0.2.1/', { k: 'unreachable', which: 'network' }),
  http('name-absent', 'http://nope.example.com/', { k: 'dns' }),
  http(
    'name-silent',
    'http://www.example.com/',
    { k: 'timeout', phase: 'name' },
    { resolvConf: nameservers(56) },
  ),
  http('name-closed', 'http://www.example.com/', { k: 'dns' }, { resolvConf: nameservers(57) }),
  http('reset', plain(9001), { k: 'reset' }),
  http('closed-without-answer', plain(9002), { k: 'empty' }),
  http('silent', plain(9003), { k: 'timeout', phase: 'first-byte' }),
  http('not-http', plain(9004), { k: 'protocol' }),
  http('cut-short', plain(9005), { k: 'partial' }),
  http('cut-short-chunked', plain(9008), { k: 'partial' }),
  http('stalls-in-body', plain(9006), { k: 'timeout', phase: 'transfer' }),
  http('interim-answer-only', plain(9011), { k: 'empty' }),
  http('tls-ok', secure(443), { k: 'http', status: 200, tls: true }, { trust: true }),
  http('tls-self-signed', secure(443), { k: 'tls', why: 'self_signed' }),
  http('tls-expired', secure(9443), { k: 'tls', why: 'expired' }, { trust: true }),
  http('tls-not-yet-valid', secure(9444), { k: 'tls', why: 'not_yet_valid' }, { trust: true }),
  http('tls-other-name', secure(9445), { k: 'tls', why: 'name' }, { trust: true }),
  http('tls-old-version', secure(7443), { k: 'tls', why: 'version' }, { trust: true }),
  http('tls-no-common-cipher', secure(7444), { k: 'tls', why: 'handshake' }, { trust: true }),
  http('tls-client-certificate', secure(7445), { k: 'tls', why: 'client_certificate' }, { trust: true }),
  http('tls-to-plain', 'https://203.0.113.10:80/', { k: 'tls', why: 'not_tls' }),
  http('tls-silent', 'https://203.0.113.10:6443/', { k: 'timeout', phase: 'tls' }),
  http('tls-reset', 'https://203.0.113.10:6444/', { k: 'reset' }),
  http('tls-closed', 'https://203.0.113.10:6445/', { k: 'tls', why: 'handshake' }),
  {
    ...http('tls-not-verified', secure(9443), { k: 'http', status: 200, tls: true }),
    question: { url: secure(9443), insecure: true },
  },
  http('plain-to-tls', plain(443), { k: 'empty' }),
  ...answers,
  ...tls,
  ...ways,
  ...proxies,
];
