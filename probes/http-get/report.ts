/** curl's own account of a transfer: the JSON of `-w '%{json}'` (since 7.70), which stands on stdout. */
import * as z from 'zod/mini';
import type { HttpPhases } from './probe.ts';

const reportSchema = z.object({
  /** The text of the certificates, the server's own first (since 7.88). */
  certs: z.nullish(z.string()),
  exitcode: z.optional(z.int()),
  errormsg: z.nullish(z.string()),
  response_code: z.optional(z.int()),
  http_code: z.int(),
  /** What a proxy answered to CONNECT; 0: none was sent, or no answer came. */
  http_connect: z.optional(z.int()),
  http_version: z.nullish(z.string()),
  num_connects: z.int(),
  redirect_url: z.nullish(z.string()),
  remote_ip: z.nullish(z.string()),
  ssl_verify_result: z.optional(z.int()),
  time_namelookup: z.number(),
  time_connect: z.number(),
  time_appconnect: z.number(),
  time_starttransfer: z.number(),
  time_total: z.number(),
});
export type CurlReport = z.infer<typeof reportSchema>;

const JSON_LINE = /^\{"[a-z_]+":.*\}$/;

/** Of lines that are ended. undefined: no report, or not one that is whole. */
export const reportOf = (lines: readonly string[]): CurlReport | undefined => {
  const reports = lines.filter((line) => JSON_LINE.test(line));
  const [text, ...more] = reports;
  if (text === undefined || more.length > 0) return undefined;
  try {
    return reportSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const milliseconds = (seconds: number): number => Math.round(seconds * 1_000_000) / 1_000;

/** A phase that took no time was not reached. curl ≥ 8 counts a first byte even where there was none. */
export const phasesOf = (report: CurlReport): HttpPhases => {
  const phase = (seconds: number): number | undefined => (seconds > 0 ? milliseconds(seconds) : undefined);
  const name = phase(report.time_namelookup);
  const connect = phase(report.time_connect);
  const tls = phase(report.time_appconnect);
  const firstByte = report.http_code > 0 ? phase(report.time_starttransfer) : undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(connect === undefined ? {} : { connect }),
    ...(tls === undefined ? {} : { tls }),
    ...(firstByte === undefined ? {} : { firstByte }),
    total: milliseconds(report.time_total),
  };
};
