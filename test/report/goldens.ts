/** Golden files that a person can read; UPDATE_GOLDENS=1 writes them anew. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { PALETTE } from '../../src/report/screen.ts';

/** The file's text; written first where goldens are being updated, and an error where it is missing. */
export const golden = (folder: URL, name: string, actual: string): string => {
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, actual);
  if (!existsSync(file))
    throw new Error(`no golden ${file.pathname}: run again with UPDATE_GOLDENS=1 and read it`);
  return readFileSync(file, 'utf8');
};

/** SGR codes as `<red>…</red>`. */
export const readable = (text: string): string => {
  let out = text;
  for (const style of ['bold', 'dim', 'red', 'green', 'yellow'] as const) {
    const [on, off] = PALETTE[style];
    const pattern = new RegExp(
      `\\x1b\\[${on}m([^\\x1b]*(?:\\x1b\\[(?!${off}m)\\d+m[^\\x1b]*)*)\\x1b\\[${off}m`,
      'g',
    );
    out = out.replace(pattern, `<${style}>$1</${style}>`);
  }
  return out;
};
