/** Reads resolv.conf(5), with the last `search` or `domain` winning, as glibc and musl do. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { linesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import type { ResolvConfOutcome } from './probe.ts';

const COMMENT = /^\s*(?:[#;].*)?$/;
const NAMESERVER = /^nameserver\s+(?<address>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)\s*(?:[#;].*)?$/;
const SEARCH = /^(?:search|domain)(?<domains>(?:\s+[^\s#;]{1,255})*)\s*(?:[#;].*)?$/;
const OPTIONS = /^options(?<options>(?:\s+[^\s#;]{1,64})*)\s*(?:[#;].*)?$/;
/** Of other resolvers; without meaning here. */
const OTHER = /^(?:sortlist|lookup|family|nameserver|search|domain|options)\b.*$/;

const words = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/\s+/).filter((word) => word !== '');

const optionOf = (options: readonly string[], name: string, initial: number): number => {
  const value = options
    .filter((option) => option.startsWith(`${name}:`))
    .map((option) => option.slice(name.length + 1))
    .at(-1);
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : initial;
};

const read = (seen: Seen): ResolvConfOutcome | undefined => {
  if (seen.exit !== 0 || seen.cut.includes('stdout')) return undefined;
  // A file without a final newline is whole too: the runner's record says whether it was cut.
  const lines = linesOf(seen.stdout.replace(/(?<=[^\n])$/, '\n')).filter((line) => !COMMENT.test(line));
  // Resolvers pass over lines that they do not know; a file without a single nameserver and with such lines is something else.
  const known = [NAMESERVER, SEARCH, OPTIONS, OTHER];
  const allKnown = lines.every((line) => known.some((expression) => expression.test(line)));
  if (!allKnown && !lines.some((line) => NAMESERVER.test(line))) return undefined;
  const options = lines.flatMap((line) => words(OPTIONS.exec(line)?.groups?.options));
  const searches = lines.flatMap((line) => {
    const match = SEARCH.exec(line);
    return match === null ? [] : [words(match.groups?.domains)];
  });
  return {
    kind: 'resolv-conf',
    nameservers: lines.flatMap((line) => NAMESERVER.exec(line)?.groups?.address ?? []),
    search: searches.at(-1) ?? [],
    options: {
      ndots: optionOf(options, 'ndots', 1),
      timeout: optionOf(options, 'timeout', 5),
      attempts: optionOf(options, 'attempts', 2),
    },
  };
};

export const parseResolvConf = (output: ToolOutput): ResolvConfOutcome | Unreadable | DidNotRun =>
  readOutput(output, read);
