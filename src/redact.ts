/**
 * Takes secrets out of text that a tool, a server or the kubelet wrote, and so out of cases, reports and bug reports. Pure. By shape: what
 * looks like nothing at all cannot be told from words; for that, what may hold secrets is not kept in the first place (model/kubernetes.ts).
 */
import type { RawResult } from './model/probe.ts';

const REMOVED = '(removed)';

/** Header lines as `curl -v` prints them, of headers that hold credentials or sessions. Lengths are limited, so that time is linear. */
const SECRET_HEADER =
  /^([<>] (?:set-cookie2?|cookie|(?:proxy-)?authorization|(?:proxy|www)-authenticate|[\w-]{0,60}(?:token|secret|api-?key|password|session|signature|credential)[\w-]{0,60})):.*$/gim;

/** Each is a whole secret, or `$1` and a secret behind it. A value that is `(removed)` already stays. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // PEM: to its end, or to that of the text, which may be cut; never over what curl reports in JSON.
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^{}"]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|(?=[{}"])|$)/g,
    REMOVED,
  ],
  // scheme://user:password@host; the second where the password holds a slash that nobody escaped.
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@"'<>]{1,512}@/gi, `$1${REMOVED}@`],
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s/@:"'<>]{1,256}:)[^\s@"'<>]{1,256}@(?=[\w[])/gi, `$1${REMOVED}@`],
  [
    /(\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC|[Nn]egotiate)\s{1,9})(?=[\w+/.~-]*[\d=])[\w+/=.~-]{6,}/g,
    `$1${REMOVED}`,
  ],
  [
    /(\bauthorization["']?\s?[:=]\s?["']?)(?!\(removed\)|(?:bearer|basic|negotiate) )[^\s"',;&]+/gi,
    `$1${REMOVED}`,
  ],
  [/((?:^|[\s"'])(?:set-)?cookie["']?\s?[:=])(?!\s?\(removed\))[^\r\n]+/gim, `$1 ${REMOVED}`],
  // JWT; AWS; Google; GitHub, GitLab, npm; Slack; Stripe; and what begins with sk-.
  [/(?<![\w-])eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g, REMOVED],
  [/(?<!\w)(?:AKIA|ASIA|AROA|AIDA)[A-Z\d]{16}(?!\w)/g, REMOVED],
  [/(?<![\w-])AIza[\w-]{35}/g, REMOVED],
  [/(?<![\w-])ya29\.[\w-]{20,}/g, REMOVED],
  [/(?<![\w-])(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{20,})/g, REMOVED],
  [/(?<![\w-])(?:xox[abeoprs]-[\w-]{10,}|[rs]k_(?:live|test)_\w{10,}|sk-[\w-]{20,})/g, REMOVED],
  // Of a signed URL.
  [/([?&](?:x-(?:amz|goog)-)?(?:signature|credential|security-token|sig)=)[^\s&"'<>]+/gi, `$1${REMOVED}`],
  // name=value, name:value, "name": "value": the name tells what it is.
  [
    /((?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|(?:account|private|client)[_-]?key(?:-data)?|credentials?)(?:["']\s?[:=]\s?["']|\s?=\s?["']?|:["']?))(?!\(removed\)|https?:|\/\/)[^\s"',;&<>){}]{4,}/gi,
    `$1${REMOVED}`,
  ],
  [/(pass(?:word|wd|phrase): )(?!\(removed\))[^\s"',;&<>){}]{4,}/gi, `$1${REMOVED}`],
  // In a sentence ("a token: unexpected status") the colon comes before words: a secret has more than letters.
  [
    /((?:secret|token|[_ -]key): ["']?)(?!\(removed\)|https?:|\/\/)(?=[a-z.-]*[\d+/=_])[^\s"',;&<>){}]{8,}/gi,
    `$1${REMOVED}`,
  ],
];

/** Text with `(removed)` in place of what has the shape of a secret. Without any, it comes back as it is. */
export const redactText = (text: string): string =>
  SHAPES.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);

const clean = (text: string): string => redactText(text.replace(SECRET_HEADER, `$1: ${REMOVED}`));

export const redact = (run: RawResult): RawResult => ({
  ...run,
  stdout: clean(run.stdout),
  stderr: clean(run.stderr),
});
