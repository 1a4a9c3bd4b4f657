/** A server certificate of an application's own, self-signed or from an authority that nobody knows, with a mistake or two. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import * as der from '../api/der.ts';

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const DAY_MS = 24 * 3600 * 1000;

const commonName = (name: string): Buffer =>
  der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(name))));

/**
 * Valid from 240 days ago until `days` from now; negative `days`: expired. `issuer`: an
 * authority of that name signs it. PEM.
 */
export const certificateFor = (
  [name = '', ...others]: readonly string[],
  days: number,
  issuer = '',
): { readonly key: string; readonly cert: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = issuer === '' ? privateKey : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const subject = commonName(name);
  const names = der.sequence(
    ...[name, ...others].map((one) => der.contextPrimitive(2, Buffer.from(one, 'latin1'))),
  );
  const content = der.sequence(
    der.context(0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    issuer === '' ? subject : commonName(issuer),
    der.sequence(
      der.utcTime(new Date(Date.now() - 240 * DAY_MS)),
      der.utcTime(new Date(Date.now() + days * DAY_MS)),
    ),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.context(3, der.sequence(der.sequence(der.oid('2.5.29.17'), der.octets(names)))),
  );
  const whole = der.sequence(content, ECDSA_SHA256, der.bits(sign('sha256', content, signer)));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
  };
};
