/** Whether a certificate is valid at the time when it was asked for, and for how long. Held against the case, never against a clock. */
import { timeOf } from '../time.ts';
import type { Certificate } from './certificates.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `3 days`, `5 hours`: the next smaller whole number. */
const spanText = (ms: number): string => {
  const [count, unit] = ms >= DAY_MS ? [Math.floor(ms / DAY_MS), 'day'] : [Math.floor(ms / HOUR_MS), 'hour'];
  return count === 0 ? 'less than an hour' : `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** `2026-11-18 18:36 UTC` */
export const dateText = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export interface Invalid {
  readonly state: 'expired' | 'not-yet-valid';
  /** `expired 3 days ago, on 2026-11-18 18:36 UTC` */
  readonly text: string;
  /** Refused in the pod, and by its own dates valid: an authority above it has expired, or a clock is wrong. */
  readonly disputed: boolean;
}

/**
 * By its own dates, else by curl's word, which is about the whole chain, and by the clock of the pod's node. That clock decides: what
 * the pod accepted is valid, whatever the machine that asks takes for the time. `same`: all that was shown for the same URL.
 */
export const invalidity = (
  { facts: { notBefore, notAfter }, refused }: Certificate,
  gatheredAt: string | undefined,
  same: readonly Certificate[],
): Invalid | undefined => {
  if (same.some(({ facts }) => facts.verified === true && facts.notAfter === notAfter)) return undefined;
  const [now, from, until] = [timeOf(gatheredAt), timeOf(notBefore), timeOf(notAfter)];
  if (now !== undefined && until !== undefined && notAfter !== undefined && now >= until)
    return {
      state: 'expired',
      text: `expired ${spanText(now - until)} ago, on ${dateText(notAfter)}`,
      disputed: false,
    };
  if (now !== undefined && from !== undefined && notBefore !== undefined && now < from)
    return {
      state: 'not-yet-valid',
      text: `is valid only from ${dateText(notBefore)} on, in ${spanText(from - now)}`,
      disputed: false,
    };
  if (refused !== 'expired' && refused !== 'not-yet-valid') return undefined;
  return {
    state: refused,
    text: refused === 'expired' ? 'is refused as expired' : 'is refused as not valid yet',
    disputed: now !== undefined && until !== undefined,
  };
};

/** Whoever renews in time has done so by then: cert-manager with a third of its life left, others a month before its end. */
const MOST_SOON_MS = 14 * DAY_MS;
const LIFE_PARTS = 4;

export interface Ending {
  /** `in 4 days, on 2026-11-25 18:36 UTC` */
  readonly text: string;
  /** `14 days`: from then on it is told. */
  readonly limit: string;
}

/** A certificate that is valid, and not for long; a short-lived one is held against its own life. */
export const endingSoon = (
  { facts: { notBefore, notAfter } }: Certificate,
  gatheredAt: string | undefined,
): Ending | undefined => {
  const [now, from, until] = [timeOf(gatheredAt), timeOf(notBefore), timeOf(notAfter)];
  if (now === undefined || until === undefined || notAfter === undefined || now >= until) return undefined;
  const limit = Math.min(MOST_SOON_MS, from === undefined ? MOST_SOON_MS : (until - from) / LIFE_PARTS);
  return until - now > limit
    ? undefined
    : { text: `in ${spanText(until - now)}, on ${dateText(notAfter)}`, limit: spanText(limit) };
};
