/** The line by which each tool names its release. */
import type { ToolVersion } from './probe.ts';

const CURL = /^curl (?<version>\d[\w.+~-]{0,40}) \([^()]{0,100}\) libcurl\/.{1,1000}$/;
/** Those of curl's libraries that make TLS. One that is there and not in use stands in brackets. */
const TLS_LIBRARIES: readonly string[] = [
  'OpenSSL',
  'LibreSSL',
  'BoringSSL',
  'AWS-LC',
  'quictls',
  'GnuTLS',
  'mbedTLS',
  'wolfSSL',
  'BearSSL',
  'NSS',
  'rustls',
  'Schannel',
  'SecureTransport',
];

/** Each with the flavour that it tells; a line without a group `version` tells the flavour alone. */
const LINES: readonly (readonly [expression: RegExp, flavour: string])[] = [
  [
    /^BusyBox v(?<version>\d[\w.-]{0,40})(?: \([^()]{0,100}(?:\([^()]{0,100}\)[^()]{0,100})?\))? multi-call binary\.?$/,
    'BusyBox',
  ],
  [/^(?:DiG|nslookup) (?<version>\d[\w.+~-]{0,80})$/, 'BIND'],
  [/^ping (?:from|utility,) iputils[ -]s?(?<version>\d{8})\b.{0,80}$/, 'iputils'],
  [/^ping \(GNU inetutils\) (?<version>\d[\w.-]{0,40})$/, 'GNU inetutils'],
  [/^(?:ip|ss) utility, iproute2-(?<version>[\w.-]{1,40})(?:, libbpf [\w.-]{1,40})?$/, 'iproute2'],
  [/^OpenBSD netcat \(Debian patchlevel (?<version>[\w.+~-]{1,60})\)$/, 'OpenBSD'],
  [/^usage: nc \[-46[A-Za-z]{1,60}\].{0,100}$/, 'OpenBSD'],
  [/^\[v(?<version>1\.[\w.+~-]{1,40})\]$/, 'traditional'],
  [/^Ncat (?<version>\d[\w.-]{0,40}) \( https?:\/\/nmap\.org\/ncat \)$/, 'Ncat'],
  [/^GNU netcat (?<version>\d[\w.-]{0,40}), .{0,80}$/, 'GNU'],
];

const readCurl = (line: string): Omit<ToolVersion, 'name' | 'text'> | undefined => {
  const groups = CURL.exec(line)?.groups;
  if (groups?.version === undefined) return undefined;
  const flavour = TLS_LIBRARIES.find((library) => line.includes(` ${library}/`));
  return { version: groups.version, ...(flavour === undefined ? {} : { flavour }) };
};

/** undefined: a line that no known tool prints. */
export const versionIn = (line: string): Omit<ToolVersion, 'name' | 'text'> | undefined => {
  const curl = readCurl(line);
  if (curl !== undefined) return curl;
  for (const [expression, flavour] of LINES) {
    const match = expression.exec(line);
    if (match !== null) {
      const version = match.groups?.version;
      return { ...(version === undefined ? {} : { version }), flavour };
    }
  }
  return undefined;
};
