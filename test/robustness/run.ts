/**
 * `npm run robustness [-- WORD…]`: measures each part, prints its figures and puts them into docs/reliability.md. Takes about half an
 * hour on two cores. WORD: only the parts whose title holds one of these; the others stay in the page as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CHAOS } from './chaos.ts';
import type { Figure, Part } from './figures.ts';
import { gates } from './gates.ts';
import { injection } from './injection.ts';
import { figureText, type Measured, page } from './page.ts';
import { secrets } from './secrets.ts';
import { SIGNALS_PARTS } from './signals.ts';

const PARTS: readonly Part[] = [gates, ...CHAOS, ...SIGNALS_PARTS, injection, secrets];
const PAGE = new URL('../../docs/reliability.md', import.meta.url);

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = PARTS.filter(
  ({ title }) => words.length === 0 || words.some((word) => title.toLowerCase().includes(word)),
);
const measured: Measured[] = [];
for (const part of wanted) {
  console.log(`\n${part.title}`);
  const figures: readonly Figure[] = await part.measure((figure) => console.log(`  ${figureText(figure)}`));
  measured.push({ part, figures });
}
const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
const titles = PARTS.map(({ title }) => title);
writeFileSync(PAGE, page(titles, measured, before));
const all = measured.flatMap(({ figures }) => figures);
const sum = (of: (figure: Figure) => number): number => all.reduce((total, figure) => total + of(figure), 0);
const [tried, right] = [sum((figure) => figure.tried), sum((figure) => figure.right)];
console.log(`\n${right} of ${tried} right`);
process.exitCode = right === tried && wanted.length > 0 ? 0 : 1;
