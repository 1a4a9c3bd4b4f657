/** What curl tells of TLS: the certificate from its report (`certs`), else from `-v`; protocol and cipher from `-v`. */
import { matchesOf } from '../shared/lines.ts';
import type { TlsFacts } from './probe.ts';
import type { HttpGetQuestion } from './question.ts';
import type { CurlReport } from './report.ts';

/** * SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519MLKEM768 / RSASSA-PSS; before 8.8 without the last two */
const CONNECTION =
  /^\* {1,3}SSL connection using (?<protocol>(?:TLS|SSL)v[\d.]{1,4}) \/ (?<cipher>[\w-]{1,80})(?: \/ .{1,100})?$/;
/** * TLSv1.2 (IN), TLS handshake, Certificate (11): the version is agreed on by then */
const CERTIFICATE_IN = /^\* {1,3}(?<protocol>TLSv[\d.]{1,4}) \(IN\), TLS handshake, Certificate \(11\):$/;
/** *  subject: CN=www.example.com */
const SHOWN = /^\* {1,4}(?<field>subject|issuer|start date|expire date): (?<value>.{1,1000})$/;
/** Subject:CN = www.example.com */
const FIELD =
  /^(?<field>Subject|Issuer|Start date|Expire date|X509v3 Subject Alternative Name):(?<value>.{1,30000})$/;
/** Nov 20 12:42:30 2026 GMT */
const DATE = /^(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4}) GMT$/;

/** DNS:www.example.com */
const SAN = /^(?<kind>DNS|IP Address|URI|email):(?<value>.{1,500})$/;

const MONTHS: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];
const MOST_SANS = 100;
const MOST_TEXT = 500;

const isoOf = (text: string): string | undefined => {
  const { month = '', day = '', time = '', year = '' } = DATE.exec(text)?.groups ?? {};
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  const date = new Date(`${year}-${number}-${day.padStart(2, '0')}T${time}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
};

/** `C = US, CN = web` of the report and `C=US; CN=web` of `-v` alike. */
const nameOf = (text: string): string => text.replaceAll(' = ', '=').slice(0, MOST_TEXT);

/** As it is usually written; OpenSSL writes out all eight groups. */
const shortest = (address: string): string => {
  const url = `http://[${address}]`;
  return (address.includes(':') ? URL.parse(url)?.hostname.slice(1, -1) : undefined) ?? address;
};

const sansOf = (text: string): readonly string[] =>
  text
    .split(', ')
    .slice(0, MOST_SANS)
    .flatMap((entry) => {
      const { kind, value } = SAN.exec(entry.trim())?.groups ?? {};
      if (value === undefined) return [];
      return [kind === 'IP Address' ? shortest(value) : value];
    });

type Certificate = Pick<TlsFacts, 'subject' | 'issuer' | 'notBefore' | 'notAfter' | 'sans'>;

/** The server's own certificate, which comes first. Values by the field's name in lower case. */
const certificateOf = (report: CurlReport, stderr: readonly string[]): Certificate => {
  const own = (report.certs ?? '').split('-----BEGIN')[0] ?? '';
  const told = matchesOf(own.split('\n'), FIELD);
  const shown = matchesOf(stderr, SHOWN).map(({ field, value }) => ({
    field,
    value: value?.replaceAll('; ', ', '),
  }));
  const fields = told.length > 0 ? told : shown;
  const field = (wanted: string): string | undefined =>
    fields.find((one) => one.field?.toLowerCase() === wanted)?.value;
  const [subject, issuer] = [field('subject'), field('issuer')];
  const notBefore = isoOf(field('start date') ?? '');
  const notAfter = isoOf(field('expire date') ?? '');
  const sans = field('x509v3 subject alternative name');
  return {
    ...(subject === undefined ? {} : { subject: nameOf(subject) }),
    ...(issuer === undefined ? {} : { issuer: nameOf(issuer) }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(sans === undefined ? {} : { sans: sansOf(sans) }),
  };
};

/** curl's exits for a certificate that it refuses. */
export const isCertificateExit = (exit: number): boolean => exit === 51 || exit === 60;

/**
 * With `insecure`, curl loads no trust anchors, so that OpenSSL calls any chain untrusted: what it says then counts for nothing.
 * 1 stands in the report until OpenSSL has something to say.
 */
const verdictOf = (exit: number, report: CurlReport): Pick<TlsFacts, 'verified' | 'verifyResult'> => {
  const refused = isCertificateExit(exit);
  if (!refused && report.time_appconnect === 0) return {};
  const { ssl_verify_result: result } = report;
  return {
    verified: !refused && result === 0,
    ...(result === undefined || result === 1 ? {} : { verifyResult: result }),
  };
};

/** undefined: TLS did not come so far that there would be anything to tell. */
export const tlsFactsOf = (
  exit: number,
  report: CurlReport,
  stderr: readonly string[],
  { url, insecure }: HttpGetQuestion,
): TlsFacts | undefined => {
  if (!/^https:/i.test(url)) return undefined;
  const connection = matchesOf(stderr, CONNECTION)[0];
  const protocol = (connection ?? matchesOf(stderr, CERTIFICATE_IN)[0])?.protocol;
  const facts: TlsFacts = {
    // OpenSSL's own name for 1.0 has no minor version.
    ...(protocol === undefined ? {} : { protocol: protocol === 'TLSv1' ? 'TLSv1.0' : protocol }),
    ...(connection?.cipher === undefined ? {} : { cipher: connection.cipher }),
    ...certificateOf(report, stderr),
    ...(insecure === true ? {} : verdictOf(exit, report)),
  };
  return Object.keys(facts).length === 0 ? undefined : facts;
};
