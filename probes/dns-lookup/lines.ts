/**
 * The lines that nslookup prints, one expression a kind: BIND 9.11 to 9.20 (bin/dig/nslookup.c; shared/dighost.ts has the rest),
 * BusyBox (networking/nslookup.c), and BusyBox's small nslookup, which asks the C library (images older than 1.29).
 */
import { DUMP, REMARK } from '../shared/dighost.ts';
import type { NameserverFailure } from '../shared/nameserver-failure.ts';

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
/** 10.113.0.203.in-addr.arpa	name = www.example.com. */
export const POINTER = /^(?<name>\S{1,255})\tname = (?<target>\S{1,255})$/;
/** What follows are not the answer's records, but those that came beside it. */
export const BESIDE = /^Authoritative answers can be found from:$/;
const SOA_FIELD = /^\t(?:origin|mail addr|serial|refresh|retry|expire|minimum) = \S{1,255}$/;
/** Other records that an answer can hold, or that come beside it (DNAME, RRSIG, NS, and AAAA without an equals sign). */
export const RECORD =
  /^\S{1,255}\t(?:(?:[a-z][\w ]{1,30}|rdata_\d{1,5}|rtype_\d{1,5}) = .*|has AAAA address \S{2,45})$/;

/** ** server can't find www.example.com: SERVFAIL */
export const RCODE = /^\*\* server can't find (?<name>\S{1,300}): (?<rcode>[A-Z]{2,10}\d{0,2}|\?\d{1,5})$/;
/** *** Can't find www.example.com: No answer */
export const NO_ANSWER = /^\*\*\* Can't find (?<name>\S{1,300}): No answer$/;

/** BusyBox, on stderr: nslookup: can't connect to remote host (10.96.0.10): Network is unreachable */
export const CONNECT_FAILED =
  /^nslookup: can't connect to remote host \((?<server>[\da-fA-F.:]{2,45})\): (?<error>.{1,100})$/;
/** BusyBox, on stderr: nslookup: write to '10.96.0.10': Connection refused */
export const WRITE_FAILED =
  /^nslookup: (?:write to '(?<server>[^']{1,255})'|read|sendto|send): (?<error>.{1,100})$/;

/** The lines of an answer. */
export const ANSWER: readonly RegExp[] = [
  SERVER,
  SERVER_ADDRESS,
  NOT_AUTHORITATIVE,
  NAME,
  ADDRESS,
  ALIAS,
  POINTER,
  BESIDE,
  SOA_FIELD,
  RECORD,
  RCODE,
  NO_ANSWER,
];
/** Every line after which BIND's output may end. */
export const READABLE: readonly RegExp[] = [...ANSWER, REMARK, DUMP];

export const failureOfRcode = (rcode: string): NameserverFailure['why'] | 'not-found' =>
  rcode === 'NXDOMAIN' ? 'not-found' : rcode === 'REFUSED' ? 'query-refused' : 'server-failure';
