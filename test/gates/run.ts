/** `npx node test/gates/run.ts [WORDS…] [-v]`: plays the rows whose name holds one of the words; -v shows their reports. */
import { installPlugin } from '../e2e/plugin.ts';
import { startCluster } from '../sandbox/cluster.ts';
import { playGate } from './play.ts';
import { GATES } from './rows/index.ts';

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const verbose = process.argv.includes('-v');
const [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
try {
  for (const gate of GATES.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  )) {
    const began = performance.now();
    const { ran, told, wrong } = await playGate(cluster, plugin, gate);
    const after =
      told.afterEventMs === undefined ? '' : `  ${Math.round(told.afterEventMs)} ms after the event`;
    console.log(
      `${wrong.length === 0 ? 'right' : 'WRONG'}  ${gate.name}  ${Math.round(performance.now() - began)} ms${after}`,
    );
    for (const line of wrong) console.log(`       ${line}`);
    if (verbose) console.log(`${ran.stdout}\n--- stderr\n${ran.stderr}`);
    if (wrong.length > 0) process.exitCode = 1;
  }
} finally {
  await cluster.stop();
  plugin.remove();
}
