/** Why a TLS handshake failed, from curl's message and OpenSSL's verify result; from curl's lib/vtls/*.c and OpenSSL's x509_vfy.h. */
import type { TlsFailure } from './probe.ts';

/** Certificate and host do not belong together; verified by curl itself, so that OpenSSL's result says 0. */
const NAME_MISMATCH =
  /no alternative certificate subject name matches|certificate subject name .{1,300} does not match|unable to obtain common name|hostname mismatch|(?:doesn't|does not|not) match(?:es)? (?:the )?(?:target )?host ?name/i;

const WORDS: readonly (readonly [RegExp, TlsFailure])[] = [
  [NAME_MISMATCH, 'name-mismatch'],
  [/certificate has expired|certificate expired/i, 'expired'],
  [/not yet valid|not yet activated/i, 'not-yet-valid'],
  [/self[- ]signed certificate in certificate chain/i, 'untrusted'],
  [/self[- ]signed/i, 'self-signed'],
  [
    /unable to get (?:local )?issuer|unable to verify the first|unknown ca\b|not trusted|untrusted|invalid ca|issuer/i,
    'untrusted',
  ],
];

/** X509_V_ERR_…: 9 not yet valid, 10 expired, 18 self-signed, 62 and 64 host name or address mismatch. */
const VERIFY_RESULTS: ReadonlyMap<number, TlsFailure> = new Map([
  [2, 'untrusted'],
  [9, 'not-yet-valid'],
  [10, 'expired'],
  [18, 'self-signed'],
  [19, 'untrusted'],
  [20, 'untrusted'],
  [21, 'untrusted'],
  [24, 'untrusted'],
  [26, 'untrusted'],
  [27, 'untrusted'],
  [28, 'untrusted'],
  [62, 'name-mismatch'],
  [64, 'name-mismatch'],
]);

/** curl's exit 60 (and 51 before 7.62): the certificate was refused. */
export const certificateFailure = (message: string, verifyResult: number | undefined): TlsFailure =>
  (verifyResult === undefined ? undefined : VERIFY_RESULTS.get(verifyResult)) ??
  WORDS.find(([words]) => words.test(message))?.[1] ??
  'untrusted';

const NOT_TLS =
  /wrong version number|unknown protocol|packet length too long|:http request|https proxy request|unexpected TLS packet|not an? (?:SSL|TLS)|invalid ssl record|bad record type/i;
/** OpenSSL 3 refuses the SHA-1 signatures of TLS 1.0 and 1.1 before it refuses their version. */
const OLD_VERSION =
  /alert protocol version|unsupported protocol|unsupported version|version too low|no protocols available|legacy sigalg disallowed|legacy version/i;

/** Alert 116 of TLS 1.3 (RFC 8446); TLS 1.2 has no word of its own for it. */
const CLIENT_CERTIFICATE = /alert certificate required|SSL alert number 116\b/i;

/** curl's exit 35: the handshake ended before there was a certificate to judge, or by the server's alert. */
export const handshakeFailure = (message: string): TlsFailure => {
  if (NOT_TLS.test(message)) return 'not-tls';
  if (CLIENT_CERTIFICATE.test(message)) return 'client-certificate';
  return OLD_VERSION.test(message) ? 'protocol-version' : 'handshake';
};
