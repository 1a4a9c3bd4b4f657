/** What is said of a certificate, and where to look at it. */
import type { Endpoint } from '../../destination/endpoints.ts';
import type { Destination } from '../../model/destination.ts';
import { endpointName } from '../destination/read.ts';
import { hostPort } from '../reach.ts';
import { counted, hostInCommand, kubectl, listedShort, unique } from '../wording.ts';
import type { Certificate } from './certificates.ts';
import { dateText } from './dates.ts';

const TLS_PORT = 443;

/** Of several certificates for one URL that are wrong alike: whose is told, as the subject of a sentence. */
export interface Shower {
  readonly certificate: Certificate;
  /** `The certificate of https://api/`, or that of the endpoints that show it where others do not. */
  readonly subject: string;
  /** `1 of 2 endpoints shows it …`; empty where all do. */
  readonly lines: readonly string[];
}

/** Which endpoint stood behind the front's answer is chance: where only some are wrong, it is theirs that is told. */
export const showerOf = (
  wrong: readonly Certificate[],
  same: readonly Certificate[],
  endpoints: readonly Endpoint[] | undefined,
): Shower | undefined => {
  const each = same.filter(({ address }) => address !== undefined);
  const own = wrong.filter(({ address }) => address !== undefined);
  const [first] = wrong;
  const [one] = own;
  if (first === undefined) return undefined;
  const allAlike =
    own.length === each.length && same.every((shown) => shown.address !== undefined || wrong.includes(shown));
  if (one === undefined || allAlike)
    return { certificate: first, subject: `The certificate of ${first.url}`, lines: [] };
  const who = own.map(({ address = '' }) => nameAt(address, endpoints));
  return {
    certificate: one,
    subject: `The certificate that ${listedShort(who)} ${own.length === 1 ? 'shows' : 'show'} for ${one.url}`,
    lines: [
      `${own.length} of ${counted(each.length, 'endpoint')} ${own.length === 1 ? 'shows' : 'show'} it: some connections get it, others do not`,
    ],
  };
};

const nameAt = (address: string, endpoints: readonly Endpoint[] | undefined): string => {
  const endpoint = endpoints?.find((one) => one.address === address);
  return endpoint === undefined ? address : endpointName(endpoint);
};

/** Whose it is, by whom, and from when to when. */
export const certificateFacts = ({ facts }: Certificate): readonly string[] => {
  const { subject, issuer, notBefore, notAfter } = facts;
  return [
    ...(subject === undefined ? [] : [`its subject is ${subject}`]),
    ...(issuer === undefined ? [] : [`signed by ${issuer}`]),
    ...(notBefore === undefined || notAfter === undefined
      ? []
      : [`valid from ${dateText(notBefore)} to ${dateText(notAfter)}`]),
  ];
};

/** Of several endpoints, until when each one's is valid: a renewed certificate that not all have loaded. */
export const eachEndpoint = (
  certificates: readonly Certificate[],
  endpoints: readonly Endpoint[] | undefined,
): readonly string[] => {
  const each = certificates.filter(({ address }) => address !== undefined);
  const dates = new Set(each.map(({ facts }) => facts.notAfter));
  return dates.size < 2
    ? []
    : each.map(
        ({ address = '', facts: { notAfter } }) =>
          `${nameAt(address, endpoints)}: ${notAfter === undefined ? 'not told' : `valid to ${dateText(notAfter)}`}`,
      );
};

/** The certificate as it is shown, and in the cluster the Secrets that it is likely to come from. */
export const certificateCommands = (
  { url, address, port: ownPort }: Certificate,
  { kind, namespace }: Destination,
): readonly string[] => {
  const { port, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = hostInCommand(host);
  const sni = /^[\d.]+$|:/.test(host) ? '' : ` -servername ${name}`;
  const inCluster = kind === 'service' || kind === 'pod' || kind === 'ingress';
  const front = hostPort(name, port === '' ? TLS_PORT : Number(port));
  // The front would lead to any of them.
  const at =
    address === undefined || ownPort === undefined ? front : hostPort(hostInCommand(address), ownPort);
  return [
    `openssl s_client -connect ${at}${sni} </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`,
    ...(inCluster && namespace !== undefined
      ? [kubectl(namespace, 'get', 'secrets', '--field-selector', 'type=kubernetes.io/tls')]
      : []),
  ];
};

/** Where the endpoints do not all have the same one. */
export const issuersLine = (same: readonly Certificate[]): readonly string[] => {
  const issuers = unique(same.flatMap(({ facts }) => facts.issuer ?? []));
  return issuers.length < 2
    ? []
    : [`not all are signed by the same authority, and an app has to trust each: ${listedShort(issuers)}`];
};
