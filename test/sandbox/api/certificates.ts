/** A private CA with EC keys: the server's certificate, and client certificates whose CN is the user and whose O are its groups. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bytesOf } from '../ip-bytes.ts';
import * as der from './der.ts';

export interface KeyAndCertificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
}

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export interface CertificateAuthority {
  /** PEM of the CA's own certificate. */
  readonly certificate: string;
  issueServer(names: readonly string[], holds?: Period): KeyAndCertificate;
  issueClient(user: string, groups: readonly string[], holds?: Period): KeyAndCertificate;
}

/** How the API server is called from inside the cluster, and from this machine. */
export const SERVER_NAMES: readonly string[] = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
  'localhost',
  '127.0.0.1',
];

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const YEAR_MS = 365 * 24 * 3600 * 1000;

const distinguishedName = (commonName: string, organizations: readonly string[]): Buffer =>
  der.sequence(
    ...organizations.map((name) => der.set(der.sequence(der.oid(ORGANIZATION), der.utf8(name)))),
    der.set(der.sequence(der.oid(COMMON_NAME), der.utf8(commonName))),
  );

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  der.sequence(der.oid(id), ...(critical ? [der.boolean(true)] : []), der.octets(value));
const basicConstraints = (isCa: boolean) =>
  extension('2.5.29.19', true, der.sequence(...(isCa ? [der.boolean(true)] : [])));
// One byte of the bit string: digitalSignature 0x80, keyCertSign 0x04, cRLSign 0x02.
const keyUsage = (mask: number, unused: number) =>
  extension('2.5.29.15', true, der.bits(Buffer.from([mask]), unused));
const extendedKeyUsage = (id: string) => extension('2.5.29.37', false, der.sequence(der.oid(id)));
const subjectAlternativeNames = (names: readonly string[]) =>
  extension(
    '2.5.29.17',
    false,
    der.sequence(
      ...names.map((name) =>
        isIP(name) !== 0
          ? der.contextPrimitive(7, bytesOf(name))
          : der.contextPrimitive(2, Buffer.from(name, 'latin1')),
      ),
    ),
  );

const pem = (content: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;

const certificate = (parts: {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly holds?: Period | undefined;
}): string => {
  const { from, to } = parts.holds ?? {
    from: new Date(Date.now() - YEAR_MS),
    to: new Date(Date.now() + YEAR_MS),
  };
  const toBeSigned = der.sequence(
    der.context(0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    parts.issuer,
    der.sequence(der.utcTime(from), der.utcTime(to)),
    parts.subject,
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    der.context(3, der.sequence(...parts.extensions)),
  );
  const signature = sign('sha256', toBeSigned, parts.signer);
  return pem(der.sequence(toBeSigned, ECDSA_SHA256, der.bits(signature)));
};

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A fresh CA, valid for a year, as is what it issues unless told otherwise. Takes a few milliseconds, so nothing is kept on disk. */
export const createCertificateAuthority = (): CertificateAuthority => {
  const authority = newKeys();
  const issuer = distinguishedName('netcheck-sandbox-ca', []);
  const issue = (subject: Buffer, extensions: readonly Buffer[], holds?: Period): KeyAndCertificate => {
    const { publicKey, privateKey } = newKeys();
    return {
      key: keyPem(privateKey),
      certificate: certificate({
        issuer,
        subject,
        publicKey,
        signer: authority.privateKey,
        extensions,
        holds,
      }),
    };
  };
  return {
    certificate: certificate({
      issuer,
      subject: issuer,
      publicKey: authority.publicKey,
      signer: authority.privateKey,
      extensions: [basicConstraints(true), keyUsage(0x86, 1)],
    }),
    issueServer: (names, holds) =>
      issue(
        distinguishedName('kube-apiserver', []),
        [
          basicConstraints(false),
          keyUsage(0x80, 7),
          extendedKeyUsage(SERVER_AUTH),
          subjectAlternativeNames(names),
        ],
        holds,
      ),
    issueClient: (user, groups, holds) =>
      issue(
        distinguishedName(user, groups),
        [basicConstraints(false), keyUsage(0x80, 7), extendedKeyUsage(CLIENT_AUTH)],
        holds,
      ),
  };
};
