/** What stderr shows: progress on a terminal and in a pipe, errors that are known and not, and command lines that are echoed. */
import { explainError } from '../../src/cli/explain-error.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { UserError } from '../../src/errors.ts';
import { STAGES } from '../../src/model/options.ts';
import { visible, visibleAscii } from '../../src/report/safe.ts';
import { netcheck } from '../cli/in-process.ts';
import type { Hostile } from './hostile-strings.ts';
import type { Tally } from './injection.ts';
import { rawFaults } from './visible-text.ts';

const ERASE_LINE = '\r\x1b[K';

const progressOf = (text: string, terminal: boolean, unicode: boolean): string => {
  let shown = '';
  const progress = createProgress({
    terminal,
    quiet: false,
    width: 80,
    clean: unicode ? visible : visibleAscii,
    write: (part) => {
      shown += part;
    },
    // At once: as if each stage took long.
    later: (_ms, callback) => {
      callback();
      return () => undefined;
    },
  });
  for (const stage of STAGES) progress.tell({ stage, text });
  progress.end();
  return shown.replaceAll(ERASE_LINE, '');
};

const errorOf = async (error: unknown, LANG: string): Promise<string> => {
  let shown = '';
  await explainError(error, {
    stderr: {
      write: async (text) => {
        shown += text;
      },
    },
    env: { LANG },
    platform: 'linux',
  });
  return shown;
};

const unforeseen = (text: string): Error => {
  const error = new Error(text);
  error.stack = `Error: ${text}\n    at x (${text})`;
  return error;
};

/** Words of argv in each position that is echoed. */
const lines = (text: string): readonly (readonly string[])[] => [
  [text],
  ['web-0', text],
  ['web-0', `--${text}`],
  ['web-0', '--to', text],
  ['web-0', '--to', `svc/${text}`],
  ['web-0', '--to', `http://${text}/`],
  ['web-0', '--internet', text],
  ['web-0', '-n', text],
  ['web-0', '--report', text],
  ['web-0', '--report', `json=/no-such-folder/${text}`],
  ['web-0', '--image', text],
  ['web-0', '--only', text],
  ['judge', text],
  ['judge', 'c.json'],
  ['explain', text],
  ['codes', text],
];

export const stderrFaults = async (strings: readonly Hostile[]): Promise<Tally> => {
  const tally: Tally = { sink: 'stderr', tried: 0, wrong: [] };
  const note = (name: string, text: string): void => {
    tally.tried += 1;
    const faults = rawFaults(text);
    if (faults.length > 0) tally.wrong.push(`${name}: ${faults.join('; ')}`);
  };
  for (const { name, text } of strings) {
    for (const LANG of ['C.UTF-8', 'C'])
      for (const error of [
        new UserError({ code: 'x', message: text, reason: text, next: [text] }),
        unforeseen(text),
        text,
      ])
        note(`an error, ${name}`, await errorOf(error, LANG));
    for (const terminal of [true, false])
      for (const unicode of [true, false]) note(`progress, ${name}`, progressOf(text, terminal, unicode));
    for (const argv of lines(text)) {
      const { stdout, stderr } = await netcheck(argv, {
        'c.json': `{"kind":"Case","apiVersion":${JSON.stringify(text)}}`,
      });
      note(`${argv[0] === text ? '' : argv[0]} …, ${name}`, stdout + stderr);
    }
  }
  return tally;
};
