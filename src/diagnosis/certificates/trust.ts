/** Whether the authority of a certificate is one that everybody trusts. The debug image knows the public ones, and no other. */
import type { Destination } from '../../model/destination.ts';
import type { Seen } from '../../model/rule.ts';
import { isPublic } from '../destination/way/public.ts';
import type { Certificate } from './certificates.ts';

/** OpenSSL's words for a chain that ends nowhere, and for a certificate that has signed itself. */
const SELF_SIGNED = 18;
const UNTRUSTED: readonly number[] = [2, 19, 20, 21, 24, 26, 27, 28];

export const distrustOf = ({ facts, refused }: Certificate): 'untrusted' | 'self-signed' | undefined => {
  if (facts.verified !== false) return undefined;
  if (refused === 'self-signed' || facts.verifyResult === SELF_SIGNED) return 'self-signed';
  return refused === 'untrusted' || UNTRUSTED.includes(facts.verifyResult ?? 0) ? 'untrusted' : undefined;
};

/** Others that were shown for the same URL, whom a client trusts that does not trust this one. */
export const trustedBeside = (
  certificate: Certificate,
  same: readonly Certificate[],
): Certificate | undefined => {
  const distrust = distrustOf(certificate);
  return distrust === undefined
    ? undefined
    : (same.find(({ facts }) => facts.verified === true) ??
        (distrust === 'self-signed' ? same.find((one) => distrustOf(one) === 'untrusted') : undefined));
};

/**
 * In the world an app trusts whom everybody trusts; inside, it may well trust an authority of the cluster, or of the company. It then
 * refuses the one endpoint whose certificate leads to none, and all the same where the others lead to a public one.
 */
export const distrustSeverity = (
  seen: Seen<'dns-lookup'>,
  destination: Destination,
  certificate: Certificate,
  same: readonly Certificate[],
): 'error' | 'warning' =>
  isPublic(seen, destination) || trustedBeside(certificate, same) !== undefined ? 'error' : 'warning';
