/** A Service that speaks TLS, and the certificates that it may show. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import {
  CLUSTER_IP,
  certificateGet,
  ENDPOINTS,
  endpointGet,
  frontConnect,
  frontGet,
  toService,
} from './to-destination.ts';

type Get = OutcomeOf<'http-get'>;
type Tls = NonNullable<Extract<Get, { kind: 'responded' }>['tls']>;
type TlsFailure = Extract<Get, { kind: 'tls-failed' }>['why'];

export const NOW = '2026-11-21T10:00:00Z';
const HTTPS_PORT = 443;
const TARGET_PORT = 8443;

/** Of a private authority, for every name of svc/web. */
export const CERTIFICATE: Tls = {
  protocol: 'TLSv1.3',
  subject: 'CN=web',
  issuer: 'CN=lab-ca',
  notBefore: '2026-05-01T00:00:00Z',
  notAfter: '2027-05-01T00:00:00Z',
  sans: ['web', 'web.shop', 'web.shop.svc', 'web.shop.svc.cluster.local'],
};

export const served = (tls: Tls): Get => ({
  kind: 'responded',
  status: 200,
  phases: { connect: 2, tls: 5, firstByte: 9, total: 10 },
  tls,
});

/** curl holds it against the public authorities, and refuses it. */
export const refusedAs = (why: TlsFailure, tls: Tls, verifyResult = 20): Get => ({
  kind: 'tls-failed',
  why,
  detail: `SSL certificate problem: as curl says it (${why})`,
  phases: { connect: 2, total: 6 },
  tls: { ...tls, verified: false, verifyResult },
});
export const verified = (tls: Tls): Get => served({ ...tls, verified: true, verifyResult: 0 });

const endpointCertificate = (address: string, outcome: Get, url: string): Observation => ({
  id: `http-get/to/endpoint/${address}:${TARGET_PORT}/certificate`,
  probe: 'http-get',
  purpose: 'destination-certificate',
  question: { url, connectTo: { address, port: TARGET_PORT } },
  outcome,
});

/** Asked as https://web/, where nothing else is said. `certificate`: what everybody shows; `checked`: what curl made of it. */
export const toTls = ({
  certificate = CERTIFICATE,
  checked = refusedAs('untrusted', certificate),
  second = certificate,
  secondChecked,
  url = 'https://web/',
  gatheredAt = NOW,
  ...more
}: {
  readonly certificate?: Tls;
  readonly checked?: Get;
  /** Of the second endpoint. */
  readonly second?: Tls;
  /** What curl made of it; undefined: the endpoints were not asked for that. */
  readonly secondChecked?: Get;
  readonly url?: string;
  readonly gatheredAt?: string | undefined;
} & Parameters<typeof toService>[0] = {}): Facts => {
  const observations: readonly Observation[] = [
    frontConnect({ kind: 'open' }, { port: HTTPS_PORT }),
    frontGet(served(certificate), { url, port: HTTPS_PORT }),
    certificateGet(checked, { url }),
    endpointGet(ENDPOINTS[0], served(certificate), { url, port: TARGET_PORT }),
    endpointGet(ENDPOINTS[1], served(second), { url, port: TARGET_PORT }),
    ...(secondChecked === undefined
      ? []
      : [
          endpointCertificate(ENDPOINTS[0], checked, url),
          endpointCertificate(ENDPOINTS[1], secondChecked, url),
        ]),
  ];
  const given = more.observations ?? [];
  const made = toService({
    ...more,
    observations: [...observations.filter(({ id }) => !given.some((one) => one.id === id)), ...given],
  });
  // Its one port is 443.
  const plain = [`tcp-connect/to/${CLUSTER_IP}:80`, 'http-get/to/80'];
  return {
    ...made,
    observations: made.observations.filter(({ id }) => !plain.includes(id)),
    gatheredAt,
  };
};
