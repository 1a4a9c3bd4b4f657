/**
 * `node test/observations/run.ts [NAME… -v]`: makes the conditions, asks, and prints what is not as it has to be; -v shows every outcome,
 * and which kind of outcome is made by which condition.
 */
import { startCluster } from '../sandbox/cluster.ts';
import { createClusters } from '../sandbox/clusters.ts';
import { kindRows } from './kinds.ts';
import { loadConditions } from './observation-file.ts';
import { complaints, observe } from './observe.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const verbose = process.argv.includes('-v');
const all = loadConditions();
const conditions = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const width = Math.max(0, ...conditions.map(({ name }) => name.length));
const clusters = createClusters(startCluster);
let wrong = 0;
try {
  for (const condition of conditions) {
    const cluster = await clusters.of(condition.families);
    const began = performance.now();
    let told: readonly string[];
    try {
      const observations = await observe(cluster, condition);
      told = complaints(observations);
      if (verbose)
        for (const { probe, question, outcome } of observations.observed)
          console.log(`  ${probe} ${JSON.stringify(question)}\n    ${JSON.stringify(outcome)}`);
    } catch (error) {
      told = [String(error)];
    }
    if (told.length > 0) wrong += 1;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const asks = `${condition.asks.length} asks`;
    console.log(
      `${told.length === 0 ? 'right' : 'WRONG'}  ${condition.name.padEnd(width)} ${asks.padStart(8)} ${seconds.padStart(5)} s`,
    );
    for (const complaint of told) console.log(complaint);
  }
} finally {
  await clusters.stop();
}
if (verbose)
  for (const { probe, kind, madeBy, impossible } of kindRows(all))
    console.log(`${probe.padEnd(14)} ${kind.padEnd(20)} ${impossible ?? (madeBy.join(', ') || 'NOT MADE')}`);
console.log(`${conditions.length - wrong} of ${conditions.length} right`);
process.exitCode = wrong === 0 ? 0 : 1;
