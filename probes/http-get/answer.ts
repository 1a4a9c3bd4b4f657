/** What an answer tells of who gave it: from the header lines of `-v`, and from what the shell has shown of an error's body. */
import { linesOf, matchesOf } from '../shared/lines.ts';

/** < HTTP/1.1 503 Service Unavailable */
const STATUS_LINE = /^< HTTP\/\d(?:\.\d)? (?<status>\d{3})(?: .{0,200})?$/;
/** < x-envoy-upstream-service-time: 3 */
const HEADER = /^< (?<name>[\w!#$%&'*+.^`|~-]{1,100}):[ \t]*(?<value>.{0,8000})$/;
const HEADERS_END = /^<[ \t]*$/;
/** | no healthy upstream */
const BODY_LINE = /^\| (?<text>.{0,1000})$/;

/** Headers of proxies (RFC 9110, RFC 9209), caches, and of what says that it answered for somebody else. */
const TELLING: readonly string[] = [
  'via',
  'proxy-status',
  'proxy-agent',
  'x-cache',
  'x-cache-lookup',
  'x-served-by',
  'cf-ray',
];
/** Envoy and Istio, Linkerd 2 and 1, Squid, Kong. */
const TELLING_PREFIXES: readonly string[] = ['x-envoy-', 'l5d-', 'x-squid-', 'x-kong-'];
const MOST_HEADERS = 12;
const MOST_VALUE = 300;
const MOST_BODY = 512;

interface Block {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The header blocks that are whole: of interim answers, of a proxy's answer to CONNECT, of the answer itself. */
const blocksOf = (lines: readonly string[]): readonly Block[] => {
  const blocks: Block[] = [];
  let open: { status: number; headers: [string, string][] } | undefined;
  for (const line of lines) {
    const status = STATUS_LINE.exec(line)?.groups?.status;
    const { name, value = '' } = HEADER.exec(line)?.groups ?? {};
    if (status !== undefined) open = { status: Number(status), headers: [] };
    else if (open !== undefined && HEADERS_END.test(line)) {
      blocks.push(open);
      open = undefined;
    } else if (name !== undefined)
      open?.headers.push([name.toLowerCase(), value.trim().slice(0, MOST_VALUE)]);
  }
  return blocks;
};

const isTelling = (name: string): boolean =>
  TELLING.includes(name) || TELLING_PREFIXES.some((prefix) => name.startsWith(prefix));

/** The headers of the last answer, where that is the one with this status. */
export const headersOf = (
  stderr: readonly string[],
  status: number,
): { readonly server?: string; readonly headers?: Readonly<Record<string, string>> } => {
  const last = blocksOf(stderr).at(-1);
  if (last === undefined || last.status !== status) return {};
  const server = last.headers.find(([name]) => name === 'server')?.[1] ?? '';
  const names = [...new Set(last.headers.map(([name]) => name).filter(isTelling))].slice(0, MOST_HEADERS);
  const joined = (wanted: string): string =>
    last.headers
      .flatMap(([name, value]) => (name === wanted ? [value] : []))
      .join(', ')
      .slice(0, MOST_VALUE);
  return {
    ...(server === '' ? {} : { server }),
    ...(names.length === 0 ? {} : { headers: Object.fromEntries(names.map((name) => [name, joined(name)])) }),
  };
};

/** Control characters that stand in no text. */
const BINARY = /(?![\t\n\r])\p{Cc}/u;

/** undefined: none was shown, or it is no text. */
export const bodyStartOf = (stdout: string): string | undefined => {
  const text = matchesOf(linesOf(stdout), BODY_LINE)
    .map((groups) => groups.text ?? '')
    .join('\n')
    .slice(0, MOST_BODY)
    // The last character may be cut in two.
    .replace(/\uFFFD+$/, '')
    .trim();
  return text === '' || BINARY.test(text) ? undefined : text;
};
