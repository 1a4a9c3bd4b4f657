/** The server's clock against ours: of use where certificates and tokens are not accepted, and nowhere else. */

/** What the Date header (whole seconds) and the time on the way may blur, and what nobody minds. */
const NOTEWORTHY_MS = 60_000;

export const durationInWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
};

/** @param date a Date header. @returns how far the server is ahead of this machine, milliseconds; undefined: it does not say. */
export const skewOf = (date: string | undefined, now: number): number | undefined => {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? undefined : at - now;
};

/** undefined: the clocks agree, as far as is known. */
export const skewInWords = (aheadMs: number | undefined): string | undefined =>
  aheadMs === undefined || Math.abs(aheadMs) < NOTEWORTHY_MS
    ? undefined
    : `this machine's clock is ${durationInWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'behind' : 'ahead of'} the server's`;
