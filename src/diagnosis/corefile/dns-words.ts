/** Words of DNS: names, types, classes, response codes. */
import type { WordKind } from './words.ts';

/** Record types that CoreDNS (its DNS library) knows by name. */
const TYPES = new Set(
  `A AAAA AFSDB AMTRELAY ANY APL ATMA AVC AXFR CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EID EUI48 EUI64 GID
   GPOS HINFO HIP HTTPS IPSECKEY ISDN IXFR KEY KX L32 L64 LOC LP MAILA MAILB MB MD MF MG MINFO MR MX NAPTR NID NIMLOC NINFO
   NS NSAP-PTR NSEC NSEC3 NSEC3PARAM NULL NXNAME NXT None OPENPGPKEY OPT PTR PX RESINFO RKEY RP RRSIG RT Reserved SIG SMIMEA
   SOA SPF SRV SSHFP SVCB TA TALINK TKEY TLSA TSIG TXT UID UINFO UNSPEC URI X25 ZONEMD`.split(/\s+/),
);
const CLASSES = new Set(['IN', 'CS', 'CH', 'HS', 'NONE', 'ANY']);
const CODES = new Set(
  `NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP NOTIMPL REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI BADSIG BADVERS
   BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC BADCOOKIE`.split(/\s+/),
);

const oneOf = (expects: string, words: ReadonlySet<string>): WordKind => ({
  expects,
  accepts: (word) => words.has(word),
});
const inAnyCase = (kind: WordKind): WordKind => ({
  ...kind,
  accepts: (word) => kind.accepts(word.toUpperCase()),
});

export const TYPE = oneOf('a record type in capitals, such as A', TYPES);
export const CLASS = oneOf('a class in capitals, such as IN', CLASSES);
export const CODE = oneOf('a response code in capitals, such as NXDOMAIN', CODES);
export const TYPE_OF_ANY_CASE = inAnyCase({ ...TYPE, expects: 'a record type, such as A' });
export const CLASS_OF_ANY_CASE = inAnyCase({ ...CLASS, expects: 'a class, such as IN' });
export const CODE_OF_ANY_CASE = inAnyCase({ ...CODE, expects: 'a response code, such as NXDOMAIN' });
const OPCODES = new Set(['QUERY', 'IQUERY', 'STATUS', 'NOTIFY', 'UPDATE']);
export const OPCODE = oneOf('an operation in capitals, such as NOTIFY', OPCODES);

const encoder = new TextEncoder();
/** As UTF-8. */
export const byteLength = (text: string): number =>
  /^[\u0000-\u007f]*$/.test(text) ? text.length : encoder.encode(text).length;

const LONGEST_LABEL = 63;
const LONGEST_NAME = 256;
/** An escaped character, or one given by its three digits, counts as one. */
const ESCAPED = /\\(?:\d{3}|.)/gs;

/** What the DNS library takes for a name: nearly anything whose labels are neither empty nor too long. */
export const isDomainName = (text: string): boolean => {
  if (text === '.') return true;
  const plain = text.replace(ESCAPED, 'x');
  const labels = (plain.endsWith('.') ? plain.slice(0, -1) : plain).split('.');
  const lengths = labels.map(byteLength);
  const whole = lengths.reduce((sum, length) => sum + length + 1, 0);
  return lengths.every((length) => length > 0 && length <= LONGEST_LABEL) && whole <= LONGEST_NAME;
};
export const DOMAIN_NAME: WordKind = { expects: 'a domain name', accepts: isDomainName };

/** Lower case, with the dot at its end. */
export const normalName = (name: string): string => {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
};

/** Both normal. A name is in its own zone. */
export const isInZone = (name: string, zone: string): boolean =>
  zone === '.' || name === zone || name.endsWith(`.${zone}`);
