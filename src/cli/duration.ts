/** Durations as Go and so kubectl write them: `30s`, `1m30s`, `500ms`; a plain number counts seconds. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;
const WHOLE = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/;

/** Milliseconds, rounded up to a whole one; undefined when it is no duration. */
export const parseDuration = (text: string): number | undefined => {
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  for (const [, figure = '', unit = ''] of text.matchAll(PART))
    total += Number(figure) * (UNIT_MS[unit] ?? 0);
  return Math.ceil(total);
};
