/** curl's own account of a transfer: the JSON of `-w '%{json}'` (since 7.70), which stands on stdout. */
import * as z from 'zod';
import type { HttpPhases } from './probe.ts';

const reportSchema = z.object({
  exitcode: z.number().int().optional(),
  errormsg: z.string().nullish(),
  response_code: z.number().int().optional(),
  http_code: z.number().int(),
  num_connects: z.number().int(),
  redirect_url: z.string().nullish(),
  remote_ip: z.string().nullish(),
  ssl_verify_result: z.number().int().optional(),
  time_namelookup: z.number(),
  time_connect: z.number(),
  time_appconnect: z.number(),
  time_starttransfer: z.number(),
  time_total: z.number(),
});
export type CurlReport = z.infer<typeof reportSchema>;

const JSON_LINE = /^\{"[a-z_]+":.*\}$/;

/** undefined: no report, or not one that is whole. */
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
