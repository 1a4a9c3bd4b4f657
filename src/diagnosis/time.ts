/** Times as the API writes them (RFC 3339), held against the time of the case and never against a clock. */

const SECOND_MS = 1000;
const UNITS = [
  ['day', 24 * 3600 * SECOND_MS],
  ['hour', 3600 * SECOND_MS],
  ['minute', 60 * SECOND_MS],
  ['second', SECOND_MS],
] as const;

/** Milliseconds since 1970; undefined where it is no time. */
export const timeOf = (text: string | undefined): number | undefined => {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
};

/** Milliseconds from one to the other; undefined where either is not known. */
export const between = (from: string | undefined, to: string | undefined): number | undefined => {
  const [a, b] = [timeOf(from), timeOf(to)];
  return a === undefined || b === undefined ? undefined : b - a;
};

/** `11 hours ago`, `3 days ago`: the next smaller whole number. Of clocks that differ, `just now` where it lies ahead. */
export const agoText = (ms: number): string => {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(ms / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
};
