/**
 * The lines that nslookup prints, one expression a kind: BIND 9.11 to 9.20 (bin/dig/nslookup.c, dighost.c), BusyBox
 * (networking/nslookup.c), and BusyBox's small nslookup, which asks the C library (images older than 1.29).
 */
import type { NameserverFailure } from './probe.ts';

/** An address or name of a nameserver; its port behind `#` in BIND, behind `:` in BusyBox. */
export const SERVER = /^Server:\s+\S{1,255}$/;
export const SERVER_ADDRESS =
  /^Address:\t(?:(?<bind>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}|\[?(?<busybox>[\da-fA-F.:]{2,45}?)\]?:\d{1,5})$/;
/** Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local */
export const SMALL_ADDRESS = /^Address \d{1,4}: (?<address>[\da-fA-F.:]{2,45})(?: \S{1,255})?$/;
export const SMALL_NAME = /^Name: {6}(?<name>\S{1,255})$/;
export const SMALL_FAILED = /^nslookup: can't resolve '(?<name>[^']{1,255})'(?:: (?<error>.{1,100}))?$/;

export const NOT_AUTHORITATIVE = /^Non-authoritative answer:$/;
export const NAME = /^Name:\t(?<name>\S{1,255})$/;
export const ADDRESS = /^Address: (?<address>[\da-fA-F.:]{2,45})$/;
/** web.example.com	canonical name = www.example.com. */
export const ALIAS = /^(?<name>\S{1,255})\tcanonical name = (?<target>\S{1,255})$/;
/** Other records that an answer can hold (DNAME, RRSIG). */
export const RECORD = /^\S{1,255}\t(?:[a-z][\w ]{1,30}|rdata_\d{1,5}|rtype_\d{1,5}) = .*$/;

/** ** server can't find www.example.com: SERVFAIL */
export const RCODE = /^\*\* server can't find (?<name>\S{1,300}): (?<rcode>[A-Z]{2,10}\d{0,2}|\?\d{1,5})$/;
/** *** Can't find www.example.com: No answer */
export const NO_ANSWER = /^\*\*\* Can't find (?<name>\S{1,300}): No answer$/;

/** ;; communications error to 10.96.0.10#53: timed out */
export const QUERY_FAILED =
  /^;; communications error to (?<server>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}: (?<error>[\w /.-]{1,80})$/;
/** ;; UDP setup with 10.96.0.10#53(10.96.0.10) for www.example.com failed: network unreachable. */
export const SETUP_FAILED =
  /^;; (?<how>UDP setup with|Connection to) (?<server>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}\(\S{1,255}\) for \S{1,300} failed: (?<error>[\w /-]{1,80})\.$/;
/** ;; Got SERVFAIL reply from 10.96.0.10, trying next server */
export const SERVFAIL_REPLY = /^;; Got SERVFAIL reply from (?<server>\S{1,255}?)(?:, trying next server)?$/;
/** Ends a query that nobody answered; 9.16 and BusyBox say "connection timed out" whatever happened. */
export const NOBODY = /^;; (?:connection timed out; )?no servers could be reached$/;
export const TRUNCATED = /^;; Truncated, retrying in TCP mode\.$/;
/** BusyBox, on stderr: nslookup: can't connect to remote host (10.96.0.10): Network is unreachable */
export const CONNECT_FAILED =
  /^nslookup: can't connect to remote host \((?<server>[\da-fA-F.:]{2,45})\): (?<error>.{1,100})$/;
/** BusyBox, on stderr: nslookup: write to '10.96.0.10': Connection refused */
export const WRITE_FAILED =
  /^nslookup: (?:write to '(?<server>[^']{1,255})'|read|sendto|send): (?<error>.{1,100})$/;

/** Texts of BIND's lib/isc/result.c. */
export const failureOfResult = (text: string): NameserverFailure['why'] | undefined => {
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

export const failureOfRcode = (rcode: string): NameserverFailure['why'] | 'not-found' =>
  rcode === 'NXDOMAIN' ? 'not-found' : rcode === 'REFUSED' ? 'query-refused' : 'server-failure';
