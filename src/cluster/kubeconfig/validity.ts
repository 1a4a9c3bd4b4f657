/** From when to when a login holds, as far as it says so itself: told when the server does not accept it. */
import { X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';

export interface Validity {
  readonly of: 'token' | 'client certificate';
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

const claimsSchema = z.object({ nbf: z.optional(z.number()), exp: z.optional(z.number()) });
const seconds = (value: number | undefined): Date | undefined =>
  value === undefined ? undefined : new Date(value * 1000);

/** Of a JWT, which service accounts and OIDC give; other tokens say nothing of themselves. Not verified: that is the server's part. */
const ofToken = (token: string): Validity | undefined => {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return { of: 'token', from: seconds(claims.nbf), to: seconds(claims.exp) };
  } catch {
    return undefined;
  }
};

const ofCertificate = (pem: Buffer): Validity | undefined => {
  try {
    const { validFrom, validTo } = new X509Certificate(pem);
    return { of: 'client certificate', from: new Date(validFrom), to: new Date(validTo) };
  } catch {
    return undefined;
  }
};

/** A token counts where there is one: the server looks at it even where there is a certificate as well. */
export const validityOf = (
  token: string | undefined,
  certificate: Buffer | undefined,
): Validity | undefined => {
  if (token !== undefined) return ofToken(token);
  return certificate === undefined ? undefined : ofCertificate(certificate);
};
