/** What is said of a certificate, and where to look at it. */
import type { Endpoint } from '../../destination/endpoints.ts';
import type { Destination } from '../../model/destination.ts';
import { endpointName } from '../destination/read.ts';
import { hostPort } from '../reach.ts';
import { hostInCommand, kubectl } from '../wording.ts';
import type { Certificate } from './certificates.ts';
import { dateText } from './dates.ts';

const TLS_PORT = 443;

/** `The certificate of https://api/`, or that of one endpoint. */
export const certificateName = (
  { url, address }: Certificate,
  endpoints: readonly Endpoint[] | undefined,
): string =>
  address === undefined
    ? `The certificate of ${url}`
    : `The certificate that ${nameAt(address, endpoints)} shows for ${url}`;

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
export const certificateCommands = (url: string, { kind, namespace }: Destination): readonly string[] => {
  const { port, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = hostInCommand(host);
  const sni = /^[\d.]+$|:/.test(host) ? '' : ` -servername ${name}`;
  const inCluster = kind === 'service' || kind === 'pod' || kind === 'ingress';
  return [
    `openssl s_client -connect ${hostPort(name, port === '' ? TLS_PORT : Number(port))}${sni} </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`,
    ...(inCluster && namespace !== undefined
      ? [kubectl(namespace, 'get', 'secrets', '--field-selector', 'type=kubernetes.io/tls')]
      : []),
  ];
};
