/**
 * Reads resolv.conf(5) as the resolvers of glibc (resolv/res_init.c) and musl (src/network/resolvconf.c) do, where they agree: keywords
 * begin a line, comments do too, the last `search` or `domain` wins, options add up, and three nameservers are asked.
 */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { readIpAddress } from '../shared/ip-address.ts';
import { linesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import type { ResolvConfOutcome } from './probe.ts';

const COMMENT = /^\s*(?:[#;].*)?$/;
const NAMESERVER = /^nameserver[ \t]+(?<address>[^\s]{1,100})(?:\s.*)?$/;
const SEARCH = /^search[ \t]+(?<domains>[^\s].*)$/;
/** Of `domain` the first word counts. */
const DOMAIN = /^domain[ \t]+(?<domains>[^\s]{1,255})(?:\s.*)?$/;
const OPTIONS = /^options[ \t]+(?<options>[^\s].*)$/;
/** Keywords without a value, and those of other systems. */
const OTHER = /^(?:sortlist|lookup|family|nameserver|search|domain|options)\b.*$/;
const KNOWN = [NAMESERVER, SEARCH, DOMAIN, OPTIONS, OTHER];

const NO_FILE =
  /^cat: (?:can't open '\/etc\/resolv\.conf'|\/etc\/resolv\.conf): No such file or directory\r?\n?$/;

const ASKED = 3;

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const NUMBERED = /^(?<name>ndots|timeout|attempts):(?<value>\d{1,6})?.*$/;

const numberOf = (options: readonly string[], name: string, initial: number): number => {
  const values = options.flatMap((option) => {
    const groups = NUMBERED.exec(option)?.groups;
    return groups?.name === name ? (groups.value ?? []) : [];
  });
  return Number(values.at(-1) ?? initial);
};

/** The part of a group in each line that matches, in order. */
const partsOf = (lines: readonly string[], expression: RegExp, group: string): readonly string[] =>
  lines.flatMap((line) => expression.exec(line)?.groups?.[group] ?? []);

const isAddress = (text: string): boolean => readIpAddress(text.replace(/%[\w.-]{1,15}$/, '')) !== undefined;

const readFile = (lines: readonly string[]): ResolvConfOutcome => {
  const written = partsOf(lines, NAMESERVER, 'address');
  const addresses = written.filter(isAddress);
  const ignored = [...written.filter((text) => !isAddress(text)), ...addresses.slice(ASKED)];
  const domains = lines.flatMap((line) => (SEARCH.exec(line) ?? DOMAIN.exec(line))?.groups?.domains ?? []);
  const options = partsOf(lines, OPTIONS, 'options').flatMap(words);
  const others = [...new Set(options.filter((option) => !NUMBERED.test(option)))];
  return {
    kind: 'resolv-conf',
    nameservers: addresses.slice(0, ASKED),
    ...(ignored.length === 0 ? {} : { ignoredNameservers: ignored }),
    search: words(domains.at(-1) ?? ''),
    options: {
      ndots: numberOf(options, 'ndots', 1),
      timeout: numberOf(options, 'timeout', 5),
      attempts: numberOf(options, 'attempts', 2),
    },
    ...(others.length === 0 ? {} : { otherOptions: others }),
  };
};

const read = ({ exit, stdout, stderr, cut }: Seen): ResolvConfOutcome | undefined => {
  if (exit === 1 && stdout === '' && NO_FILE.test(stderr)) return { ...readFile([]), missing: true };
  if (exit !== 0 || cut.includes('stdout')) return undefined;
  // A file without a final newline is whole too: the runner's record says whether it was cut.
  const lines = linesOf(stdout).filter((line) => !COMMENT.test(line));
  // Resolvers pass over lines that they do not know; a file without a single nameserver and with such lines is something else.
  const allKnown = lines.every((line) => KNOWN.some((expression) => expression.test(line)));
  return allKnown || partsOf(lines, NAMESERVER, 'address').some(isAddress) ? readFile(lines) : undefined;
};

export const parseResolvConf = (output: ToolOutput): ResolvConfOutcome | Unreadable | DidNotRun =>
  readOutput(output, read);
