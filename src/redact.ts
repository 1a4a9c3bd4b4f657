/** Keeps what a probe may have been told in confidence out of cases, and so out of bug reports. Pure. */
import type { RawResult } from './model/probe.ts';

/** Header lines as `curl -v` prints them, of headers that hold credentials or sessions. */
const SECRET_HEADER =
  /^([<>] (?:set-cookie2?|cookie|authorization|proxy-authorization|proxy-authenticate|www-authenticate|x-api-key|x-auth-token)):.*$/gim;
/** `http://user:password@host` */
const URL_CREDENTIALS = /(\bhttps?:\/\/)[^\s/@]+@/gi;

const clean = (text: string): string =>
  text.replace(SECRET_HEADER, '$1: (removed)').replace(URL_CREDENTIALS, '$1(removed)@');

export const redact = (run: RawResult): RawResult => ({
  ...run,
  stdout: clean(run.stdout),
  stderr: clean(run.stderr),
});
