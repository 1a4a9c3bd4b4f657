import type { Code } from './code.ts';

const http = { layer: 'protocol', role: 'symptom', severity: 'error' } as const;

/** 7: protocol. */
export const protocol: readonly Code[] = [
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
    page: {
      meaning:
        'The server is reached, and answers that it will not serve this request: it has nothing at the path, wants to know who asks, or is asked too often. netcheck asks for / where no URL names another path, and sends no credentials. An error where an http URL was named and the port speaks TLS.',
      confirm: ['curl -vk URL'],
      mend: 'Name the URL that the app uses, with --to URL. 403 from a mesh is an AuthorizationPolicy; 404 from an Ingress a host or path that no rule has.',
      looksAlike: 'An error of the server itself (5xx) is NC7101.',
    },
  },
  {
    ...http,
    severity: 'warning',
    code: 'NC7103',
    id: 'http-slow',
    title: 'the answer is slow',
    page: {
      meaning:
        'The request was answered, and one phase of it took long: a second or more for the lookup of the name, the connection or the TLS handshake, two or more until the first byte of the answer. The report says which phase, and how long each took.',
      confirm: [
        "curl -sk -o /dev/null -w 'dns %{time_namelookup} connect %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer}\\n' URL",
      ],
      mend: 'dns: the nameservers and the search list. connect and tls: lost packets, and servers without processor time (limits). First byte: the app itself, and what it waits for.',
      looksAlike: 'An answer that does not come at all is NC7104.',
    },
  },
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
        'The pod sets HTTPS_PROXY, HTTP_PROXY or ALL_PROXY for its containers, so an app that reads them goes out through that proxy. netcheck asks directly, and through the proxy too: one of the two ways works and the other does not. Of a Service of the cluster it is often NO_PROXY that lacks it: entries are compared as names are written, so .svc covers web.shop.svc, and not web.',
      confirm: [
        "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].env}'",
        'curl -v -x PROXY https://example.com/',
        "curl -v --noproxy '*' https://example.com/",
      ],
      mend: 'Of a Service: NO_PROXY with .svc, .cluster.local, the short names that the app uses, and the ranges of addresses. Where the proxy fails: its address in the settings, the proxy itself, or the way to it (its own Service, egress policies). Where only the proxy works, the network is closed by design: --no-internet, or --internet with what must answer directly.',
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
    page: {
      meaning:
        'Envoy (Istio and others) or Linkerd answers in place of the app, in words of its own. UF: it could not connect, or TLS with the upstream failed. UH: no healthy endpoint. URX: all tries failed. UC: the upstream closed the connection. UR: the upstream reset it. UO: circuit breaker. UT: too slow. NC: it does not know the upstream. NR (404): it has no route. DC stands in its log where the client itself went away. FI: faults are injected on purpose.',
      confirm: [
        'kubectl logs POD -n NAMESPACE -c istio-proxy --tail=50',
        'istioctl proxy-config endpoints POD.NAMESPACE',
        'linkerd diagnostics endpoints SERVICE.NAMESPACE.svc.cluster.local:PORT',
      ],
      mend: 'What the flag points at: the endpoints of the Service, the port that the app listens on, mutual TLS that one side alone expects (PeerAuthentication, DestinationRule), limits of the DestinationRule.',
      looksAlike:
        'An error of the app that Envoy passes on has the header x-envoy-upstream-service-time and the body of the app: NC7101 alone.',
    },
  },
];
