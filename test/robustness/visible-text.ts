/** What no sink may let through raw. Written out by hand, not taken from the code under test. */
import { PALETTE } from '../../src/report/screen.ts';
import { FORGED } from './hostile-strings.ts';

/** C0, DEL, C1; bidirectional controls; what has no width; separators; tags; surrogates; private use; noncharacters. */
const DANGEROUS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is meant by itself
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}\u{1fffe}\u{1ffff}\u{f0000}-\u{10ffff}]/u;

const OWN_CODES = Object.values(PALETTE).flatMap(([on, off]) => [`\x1b[${on}m`, `\x1b[${off}m`]);
export const withoutOwnCodes = (text: string): string =>
  OWN_CODES.reduce((rest, code) => rest.replaceAll(code, ''), text);

/** As the runner of GitHub Actions reads a line of a log: https://github.com/actions/runner, ActionCommand. */
const COMMAND_LINE = /^\s*::[a-z][\w-]*(?: .*)?::/im;
/** Azure, the old form of GitHub, TeamCity: anywhere. */
const HASH_COMMAND = /##(?:\[|vso\[|teamcity\[)/i;

/** For text that stands in a terminal or in a log. `own`: the lines are commands on purpose. */
export const rawFaults = (text: string, own?: 'commands'): readonly string[] => {
  const raw = DANGEROUS.exec(text)?.[0];
  return [
    ...(raw === undefined ? [] : [`U+${(raw.codePointAt(0) ?? 0).toString(16)} raw`]),
    ...(own === undefined && COMMAND_LINE.test(text) ? ['a command of a workflow'] : []),
    ...(HASH_COMMAND.test(text) ? ['a command of a pipeline'] : []),
    ...(new RegExp(`^${FORGED}`, 'm').test(text) ? ['a line of its own'] : []),
  ];
};
