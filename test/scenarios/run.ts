/**
 * `npm run scenarios [-- NAME… -v --save-cases]`: plays them and prints expected against named, one line each; all of them make
 * docs/scenarios.md anew. -v shows the reports, --save-cases keeps each case in test/cases, for the golden tests (then
 * UPDATE_GOLDENS=1 npm test -- test/cases).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadScenarios } from '../sandbox/scenario.ts';
import { playAll, type Row } from './play-all.ts';
import { countsText, writePage } from './table.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const verbose = process.argv.includes('-v');
const saveCases = process.argv.includes('--save-cases');
const CASES = new URL('../cases/', import.meta.url);
const scenarios = loadScenarios().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const width = Math.max(...scenarios.map(({ name }) => name.length));

const tell = ({ scenario, played, differences }: Row): void => {
  const right = differences.length === 0;
  const { status = 'not played', chain = [] } = played?.report.verdict ?? {};
  const seconds = played === undefined ? '' : `${(played.case.durationMs / 1000).toFixed(1)} s`;
  console.log(
    `${right ? 'right' : 'WRONG'}  ${scenario.name.padEnd(width)} ${[status, ...chain].join(' ').padEnd(36)} ${seconds}  ${differences.join('; ')}`,
  );
  if (played !== undefined && (verbose || !right)) console.log(`${played.text}\n${played.stderr}`);
};

const save = ({ scenario, played, differences }: Row): void => {
  if (played === undefined || differences.length > 0) return;
  const folder = new URL(`${scenario.name}/`, CASES);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('case.json', folder), `${JSON.stringify(played.case, undefined, 2)}\n`);
};

const rows = await playAll(scenarios, (row) => {
  tell(row);
  if (saveCases) save(row);
});
if (wanted.length === 0) writePage(rows);
const wrong = rows.filter(({ differences }) => differences.length > 0).length;
console.log(`${rows.length - wrong} of ${rows.length} right; ${countsText(rows)}`);
process.exitCode = wrong === 0 ? 0 : 1;
