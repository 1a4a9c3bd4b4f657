/**
 * `npm run scenarios [-- NAME… -v --save-cases]`: plays them and prints expected against named, one line each. -v shows the reports,
 * --save-cases keeps each case in test/cases, for the golden tests (then UPDATE_GOLDENS=1 npm test -- test/cases).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { startCluster } from '../sandbox/cluster.ts';
import { createClusters } from '../sandbox/clusters.ts';
import { loadScenarios } from '../sandbox/scenario.ts';
import { differences, play } from './play.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const verbose = process.argv.includes('-v');
const saveCases = process.argv.includes('--save-cases');
const CASES = new URL('../cases/', import.meta.url);
const scenarios = loadScenarios().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const width = Math.max(...scenarios.map(({ name }) => name.length));
const clusters = createClusters(startCluster);
let wrong = 0;
try {
  for (const scenario of scenarios) {
    const began = performance.now();
    try {
      const played = await play(await clusters.of(scenario.families), scenario);
      const found = differences(scenario, played);
      if (found.length > 0) wrong += 1;
      else if (saveCases) {
        const folder = new URL(`${scenario.name}/`, CASES);
        mkdirSync(folder, { recursive: true });
        writeFileSync(new URL('case.json', folder), `${JSON.stringify(played.case, undefined, 2)}\n`);
      }
      const named = [played.report.verdict.status, ...played.report.verdict.chain].join(' ');
      const seconds = (played.case.durationMs / 1000).toFixed(1);
      console.log(
        `${found.length === 0 ? 'right' : 'WRONG'}  ${scenario.name.padEnd(width)} ${named.padEnd(36)} ${seconds} s  ${found.join('; ')}`,
      );
      if (verbose || found.length > 0) console.log(`${played.text}\n${played.stderr}`);
    } catch (error) {
      wrong += 1;
      console.log(
        `WRONG  ${scenario.name.padEnd(width)} ${Math.round(performance.now() - began)} ms  ${String(error)}`,
      );
    }
  }
} finally {
  await clusters.stop();
}
console.log(`${scenarios.length - wrong} of ${scenarios.length} right`);
process.exitCode = wrong === 0 ? 0 : 1;
