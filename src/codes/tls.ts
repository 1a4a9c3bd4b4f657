import type { Code } from './code.ts';

const tls = { layer: 'tls', role: 'symptom', severity: 'error' } as const;

const CERTIFICATE =
  'openssl s_client -connect HOST:PORT -servername HOST </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName';

/** 7: TLS. */
export const tlsCodes: readonly Code[] = [
  {
    ...tls,
    code: 'NC7001',
    id: 'certificate-expired',
    title: 'the certificate has expired',
    page: {
      meaning:
        'The time when it was asked for lies outside the dates of the certificate: after its end, or before its beginning. The connection works; a client that checks certificates refuses it. Each endpoint of a Service is asked by itself: where one shows another certificate than the rest, it is named.',
      confirm: [CERTIFICATE, 'kubectl get secrets -n NAMESPACE --field-selector type=kubernetes.io/tls'],
      mend: 'Renew it, and see that the app loads the new one: many read their certificate at the start only, so that a restart is needed after the Secret has changed.',
      looksAlike:
        'A clock that is wrong on a node makes a valid certificate look expired, or not valid yet. An authority above it that has expired is refused with the same words.',
    },
  },
  {
    ...tls,
    code: 'NC7002',
    id: 'certificate-untrusted',
    title: 'the certificate is not trusted',
    page: {
      meaning:
        'The certificate is self-signed, or its authority is none of the public ones, which is all that the debug image trusts. Of a host in the world that breaks clients. Inside a cluster or a company it is usual: whether the app trusts that authority cannot be seen from outside of it, so this is a warning. One endpoint whose certificate is self-signed where others have an authority, or that has a private authority where others have a public one, is an error: who trusts the others refuses it.',
      confirm: ['openssl s_client -connect HOST:PORT -servername HOST -showcerts </dev/null'],
      mend: "Give the app the authority's certificate: mounted from a ConfigMap or Secret, and named as its language wants it (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, a Java trust store). Of a host in the world, let the server send its intermediate certificates.",
      looksAlike: 'A proxy that reads TLS on the way signs with an authority of its own.',
    },
  },
  {
    ...tls,
    code: 'NC7003',
    id: 'certificate-name-mismatch',
    title: 'the certificate is for another name',
    page: {
      meaning:
        'None of the names in the certificate is the one that was asked for. Only its subject alternative names count; a wildcard stands for one label. A warning where netcheck itself chose how to write the name, and another name of the same Service would do. Each endpoint of a Service is asked by itself: one with the wrong certificate breaks every so many-th connection.',
      confirm: [CERTIFICATE],
      mend: 'Ask by a name that it has, or add the name to it: of a Service NAME.NAMESPACE.svc and NAME.NAMESPACE.svc.cluster.local, and NAME alone where apps use that.',
      looksAlike:
        "An Ingress controller shows a certificate of its own for hosts that it has none for. An ExternalName Service leads to a host whose certificate has that host's name.",
    },
  },
  {
    ...tls,
    code: 'NC7004',
    id: 'handshake-failed',
    title: 'the TLS handshake fails',
    page: {
      meaning:
        'TCP connects and the TLS handshake does not come to its end. A warning where the server only wants a certificate of the client, which netcheck does not have: then the way there works.',
      confirm: ['openssl s_client -connect HOST:PORT -servername HOST', 'ping -M do -s 1372 -c 3 HOST'],
      mend: 'Where it hangs: the MTU of the path, or a filter. Where it is refused: the TLS versions of both ends.',
      looksAlike:
        'An answer that is no TLS at all is NC7005. Over TLS 1.2 a server that wants a certificate of the client refuses the handshake as if for any other reason.',
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
    page: {
      meaning:
        'It is valid, and for less than fourteen days more, or a quarter of its life where that is shorter. Whoever renews in time has done so by then.',
      confirm: [CERTIFICATE, 'kubectl get certificates -n NAMESPACE'],
      mend: 'Look at whatever renews it (cert-manager, a controller, a person), and whether the app loads the renewed one.',
      looksAlike: 'One that has expired is NC7001.',
    },
  },
];
