/**
 * What a script of several steps prints: a line `== NAME WORD…` opens a step, the tool's own lines follow, `== exit STATUS` closes it where
 * a tool was run, and `== end` is the script's last line. No tool begins a line so.
 */
import { endedLinesOf } from './lines.ts';

export interface Step {
  readonly name: string;
  readonly words: readonly string[];
  /** The tool's lines, each ended by a newline. */
  readonly text: string;
  /** The tool's exit status; undefined where the script ran none. */
  readonly exit?: number | undefined;
}

const MARK = /^== (?<name>[a-z][a-z0-9-]{0,30})(?<words>(?: \S{1,255}){0,6})$/;
const STATUS = /^\d{1,3}$/;

/** undefined: not whole, or with something in it that no script of ours prints. */
export const stepsOf = (stdout: string): readonly Step[] | undefined => {
  const steps: { name: string; words: readonly string[]; lines: string[]; exit?: number }[] = [];
  let ended = false;
  for (const line of endedLinesOf(stdout)) {
    const mark = MARK.exec(line)?.groups;
    const last = steps.at(-1);
    if (ended) return undefined;
    if (mark === undefined) {
      if (last === undefined || last.exit !== undefined) return undefined;
      last.lines.push(line);
      continue;
    }
    const words = (mark.words ?? '').split(' ').slice(1);
    const [status = ''] = words;
    if (mark.name === 'end') ended = true;
    else if (mark.name !== 'exit') steps.push({ name: mark.name ?? '', words, lines: [] });
    else if (last === undefined || last.exit !== undefined || !STATUS.test(status)) return undefined;
    else last.exit = Number(status);
  }
  if (!ended) return undefined;
  return steps.map(({ lines, ...step }) => ({ ...step, text: lines.map((line) => `${line}\n`).join('') }));
};
