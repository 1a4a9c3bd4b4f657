import type { Code } from './code.ts';

const tls = { layer: 'tls', role: 'symptom', severity: 'error' } as const;
const http = { layer: 'protocol', role: 'symptom', severity: 'error' } as const;

/** 7: TLS and protocol. */
export const protocol: readonly Code[] = [
  { ...tls, code: 'NC7001', id: 'certificate-expired', title: 'the certificate has expired' },
  { ...tls, code: 'NC7002', id: 'certificate-untrusted', title: 'the certificate is not trusted' },
  { ...tls, code: 'NC7003', id: 'certificate-name-mismatch', title: 'the certificate is for another name' },
  {
    ...tls,
    code: 'NC7004',
    id: 'handshake-failed',
    title: 'the TLS handshake fails',
    page: {
      meaning: 'TCP connects and the TLS handshake does not come to its end.',
      confirm: ['openssl s_client -connect HOST:PORT -servername HOST', 'ping -M do -s 1372 -c 3 HOST'],
      mend: 'Where it hangs: the MTU of the path, or a filter. Where it is refused: the TLS versions of both ends.',
      looksAlike: 'An answer that is no TLS at all is NC7005.',
    },
  },
  {
    ...tls,
    code: 'NC7005',
    id: 'not-tls',
    title: 'what answers does not speak TLS',
    page: {
      meaning: 'The port answers in another protocol, often plain HTTP.',
      confirm: ['curl -v http://HOST:PORT/'],
      mend: 'The scheme of the URL, or the port.',
      looksAlike: 'A handshake that breaks off is NC7004.',
    },
  },
  {
    ...tls,
    severity: 'warning',
    code: 'NC7006',
    id: 'certificate-expires-soon',
    title: 'the certificate expires soon',
  },
  {
    ...http,
    code: 'NC7101',
    id: 'http-server-error',
    title: 'the server answers with an error (5xx)',
    page: {
      meaning: 'The request arrived, and the server, or a proxy before it, says that it cannot serve it.',
      confirm: ['curl -vk URL', 'kubectl get --raw /readyz?verbose'],
      mend: 'The log of the server; for 502, 503 and 504 what stands behind the proxy.',
      looksAlike: '401 and 403 are answers of a server that works.',
    },
  },
  {
    ...http,
    severity: 'warning',
    code: 'NC7102',
    id: 'http-client-error',
    title: 'the server declines the request (4xx)',
  },
  { ...http, severity: 'warning', code: 'NC7103', id: 'http-slow', title: 'the answer is slow' },
  {
    ...http,
    code: 'NC7104',
    id: 'http-no-answer',
    title: 'connected, then silence',
    page: {
      meaning: 'The connection stands, the request was sent, and no byte comes back.',
      confirm: ['curl -vk -m 10 URL'],
      mend: 'The server hangs or waits for something itself: its log and its threads.',
      looksAlike: 'Silence in the TLS handshake is NC7004.',
    },
  },
  {
    ...http,
    code: 'NC7105',
    id: 'http-empty-or-cut',
    title: 'no whole HTTP answer',
    page: {
      meaning: 'The server closed without an answer, the answer broke off, or what came is no HTTP.',
      confirm: ['curl -vk URL'],
      mend: 'The log of the server and of proxies between; timeouts of a load balancer.',
      looksAlike: 'A connection that is reset is NC6006.',
    },
  },
  {
    ...http,
    role: 'cause',
    severity: 'warning',
    code: 'NC7106',
    id: 'proxy-environment',
    title: "the app's proxy settings send this elsewhere",
    page: {
      meaning:
        'The pod sets HTTPS_PROXY, HTTP_PROXY or ALL_PROXY for its containers, so an app that reads them goes out through that proxy. netcheck asks directly, and through the proxy too: one of the two ways works and the other does not.',
      confirm: [
        "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].env}'",
        'curl -v -x PROXY https://example.com/',
        "curl -v --noproxy '*' https://example.com/",
      ],
      mend: 'Where the proxy fails: its address in the settings, the proxy itself, or the way to it (its own Service, egress policies). Where only the proxy works, the network is closed by design: --no-internet, or --internet with what must answer directly.',
      looksAlike:
        'A proxy that wants a user name is not asked, and one whose settings come from a Secret or ConfigMap is not known. Many apps read no such settings.',
    },
  },
  {
    ...http,
    role: 'cause',
    code: 'NC7107',
    id: 'mesh-upstream-error',
    title: 'the mesh proxy cannot reach the upstream',
  },
];
