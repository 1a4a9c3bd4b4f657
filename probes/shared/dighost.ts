/**
 * What BIND's dig and nslookup (9.11 to 9.20) both remark on a query, from their bin/dig/dighost.c: who failed, and how. One
 * expression a kind of line.
 */
import type { NameserverFailure } from './nameserver-failure.ts';

/** ;; communications error to 10.96.0.10#53: timed out */
export const QUERY_FAILED =
  /^;; communications error to (?<server>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}: (?<error>[\w /.-]{1,80})$/;
/** ;; UDP setup with 10.96.0.10#53(10.96.0.10) for www.example.com failed: network unreachable. */
export const SETUP_FAILED =
  /^;; (?<how>UDP setup with|Connection to) (?<server>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}\(\S{1,255}\) for \S{1,300} failed: (?<error>[\w /-]{1,80})\.$/;
/** ;; Got SERVFAIL reply from 10.96.0.10, trying next server */
export const SERVFAIL_REPLY = /^;; Got SERVFAIL reply from (?<server>\S{1,255}?)(?:, trying next server)?$/;
/** ;; Got recursion not available from 10.96.0.10, trying next server */
export const NO_RECURSION =
  /^;; Got recursion not available from (?<server>\S{1,255}?)(?<passedOver>, trying next server)?$/;
/** A reply over TCP, or a malformed one, that ends the lookup without another word. BIND 9.16 names no nameserver in some. */
export const BAD_REPLY =
  /^;; (?:ERROR: (?:ID mismatch: expected ID \d{1,5}, got \d{1,5}|short \(< header size\) message)|communications error: (?:connection reset|end of file)|Got bad packet: [\w /.-]{1,80}|;; Question section mismatch: got \S{1,300})$/;
/** What the reply was that is a bad one: "33 bytes", and sixteen bytes a line. */
export const DUMP = /^(?:\d{1,5} bytes|(?:[\da-f]{2} ){1,16} {1,50}[ -~]{1,16})$/;
/** A remark; what is remarked before the lines of an answer belongs to that answer's query. */
export const REMARK = /^;; .*$/;
/** On stderr: dig: 'a..b.' is not a legal name (empty label) */
export const BAD_NAME =
  /^(?:dig|nslookup): '.{1,1100}' is not (?:a legal name|in legal name syntax|a legal IDNA2008 name) \([\w ]{1,80}\)(?:, use \+noidnin)?$/;
/** Ends a query that nobody answered; 9.16 and BusyBox's nslookup say "connection timed out" whatever happened. */
export const NOBODY = /^;; (?<unexplained>connection timed out; )?no servers could be reached$/;
export const TRUNCATED = /^;; Truncated, retrying in TCP mode\.$/;
/** Texts of BIND's lib/isc/result.c. */
const failureOfResult = (text: string): NameserverFailure['why'] | undefined => {
  switch (text) {
    case 'timed out':
      return 'timed-out';
    case 'connection refused':
      return 'connection-refused';
    case 'network unreachable':
    case 'host unreachable':
    case 'network down':
    case 'host down':
    case 'address not available':
    case 'permission denied':
    case 'address family not supported':
    // EINVAL: a link-local address without its interface.
    case 'invalid file':
      return 'unreachable';
    // It took the query and did not answer it.
    case 'end of file':
    case 'connection reset':
    case 'unexpected error':
    case 'unexpected end of input':
      return 'server-failure';
    default:
      return undefined;
  }
};

const failureOnLine = (text: string): NameserverFailure | 'unknown' | undefined => {
  const server = SERVFAIL_REPLY.exec(text)?.groups?.server;
  if (server !== undefined) return { server, why: 'server-failure' };
  const setup = SETUP_FAILED.exec(text)?.groups;
  const found = QUERY_FAILED.exec(text)?.groups ?? setup;
  if (found?.server === undefined) return undefined;
  const why = failureOfResult(found.error ?? '');
  if (why === undefined) return 'unknown';
  return setup?.how === 'Connection to'
    ? { server: found.server, why, transport: 'tcp' }
    : { server: found.server, why };
};

/** Each try that failed, in order; undefined: one of them failed with an error that is not known. */
export const failuresIn = (lines: readonly string[]): readonly NameserverFailure[] | undefined => {
  const found = lines.map(failureOnLine);
  return found.includes('unknown')
    ? undefined
    : found.flatMap((failure) => (failure === undefined || failure === 'unknown' ? [] : [failure]));
};

export const isConnectionFailure = (text: string): boolean =>
  SETUP_FAILED.exec(text)?.groups?.how === 'Connection to';
