/**
 * `npm run bench`: how fast a whole run is, side by side in one go, on the embedded cluster: against the bare start of a container,
 * and against the same checks done one after the other through `kubectl debug`. Ratios, because machines differ.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../../src/model/case.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { installPlugin } from '../sandbox/plugin.ts';
import { loadScenarios, stage } from '../sandbox/scenario.ts';
import { bareStart, byHand, client, median, netcheck, node, timed, undisturbed } from './measure.ts';

interface Condition {
  readonly title: string;
  readonly scenario: string;
  readonly rounds: number;
  /** At most this share of the time by hand; undefined: nobody would wait for it by hand. */
  readonly atMost?: number;
  /** The fault is in the scenario's own pod, and not in others like it. */
  readonly onlyItsPod?: boolean;
  /** Milliseconds for the whole run. */
  readonly within?: number;
}

const CONDITIONS: readonly Condition[] = [
  { title: 'healthy', scenario: 'healthy', rounds: 15, atMost: 1.1, within: 2_000 },
  { title: 'DNS dropped', scenario: 'dns-silent', rounds: 1, atMost: 0.15 },
  { title: 'way out dead', scenario: 'internet-unreachable', rounds: 3, atMost: 0.6 },
  {
    title: 'everything dropped',
    scenario: 'everything-dropped',
    rounds: 3,
    within: 10_000,
    onlyItsPod: true,
  },
];
const OVERHEAD_MS = 250;
const HELP_RATIO = 4;

const ms = (value: number): string => `${Math.round(value).toString().padStart(6)} ms`;
let missed = 0;
const held = (holds: boolean, text: string): void => {
  if (!holds) missed += 1;
  console.log(`  ${holds ? 'held  ' : 'MISSED'} ${text}`);
};

const slowestProbe = (file: string): number => {
  const saved: Case = JSON.parse(readFileSync(file, 'utf8'));
  return Math.max(0, ...saved.runs.map(({ durationMs }) => durationMs ?? 0));
};

const condition = async (
  cluster: SandboxCluster,
  wanted: Condition,
  path: string,
  folder: string,
): Promise<void> => {
  const scenario = loadScenarios().find(({ name }) => name === wanted.scenario);
  if (scenario === undefined) throw new Error(`no scenario ${wanted.scenario}`);
  const kubeconfig = await stage(cluster, scenario);
  const env = { ...process.env, PATH: path, KUBECONFIG: kubeconfig };
  const save = join(folder, 'case.json');
  const starts: number[] = [];
  const runs: number[] = [];
  const slowest: number[] = [];
  const hands: number[] = [];
  for (let round = 0; round < wanted.rounds; round += 1) {
    // A pod of its own for each, as a second injection within a second waits for the pod's worker. Side by side, so that a busy moment hits all.
    const start = await bareStart(cluster, await client(cluster, `start-${round}`));
    // A fault of one pod is the scenario's own client's.
    const pod = wanted.onlyItsPod === true ? 'client' : await client(cluster, `run-${round}`);
    const run = await netcheck(['kubectl-netcheck'], pod, save, env);
    const probe = slowestProbe(save);
    starts.push(start);
    runs.push(run);
    slowest.push(probe);
    if (wanted.atMost !== undefined) hands.push(await byHand(await client(cluster, `hand-${round}`), env));
  }
  console.log(`\n${wanted.title} (lower quartile of ${wanted.rounds})`);
  console.log(`  whole run        ${ms(undisturbed(runs))}`);
  console.log(`  container start  ${ms(undisturbed(starts))}`);
  console.log(`  slowest probe    ${ms(undisturbed(slowest))}`);
  if (wanted.atMost !== undefined) {
    console.log(
      `  by hand          ${ms(undisturbed(hands))}  six checks, one after the other, one kubectl debug`,
    );
    const ratio = undisturbed(runs) / undisturbed(hands);
    held(ratio <= wanted.atMost, `${ratio.toFixed(2)} of by hand (at most ${wanted.atMost})`);
  }
  if (wanted.within !== undefined)
    held(
      undisturbed(runs) <= wanted.within,
      `whole run ${Math.round(undisturbed(runs))} ms (at most ${wanted.within})`,
    );
  if (wanted.scenario === 'healthy') {
    const [overhead, withOthers] = [undisturbed, median].map((of) =>
      Math.round(of(runs) - of(starts) - of(slowest)),
    );
    held(
      Number(overhead) < OVERHEAD_MS,
      `whole run - start - slowest probe = ${overhead} ms (below ${OVERHEAD_MS}; by medians ${withOthers} ms)`,
    );
    const through = await timed(() => netcheck(['kubectl', 'netcheck'], 'run-0', save, env));
    console.log(`  through kubectl  ${ms(through)}  one run, kubectl's own start included`);
  }
};

const help = async (path: string): Promise<void> => {
  const env = { ...process.env, PATH: path };
  const bare: number[] = [];
  const asked: number[] = [];
  const version: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    bare.push(await timed(() => node(['-e', '0'], env)));
    asked.push(await timed(() => void execFileSync('kubectl-netcheck', ['--help'], { env })));
    version.push(await timed(() => void execFileSync('kubectl-netcheck', ['--version'], { env })));
  }
  console.log('\nhelp and version (lower quartile of 15)');
  console.log(`  node -e 0        ${ms(undisturbed(bare))}`);
  console.log(`  --help           ${ms(undisturbed(asked))}`);
  console.log(`  --version        ${ms(undisturbed(version))}`);
  const ratio = undisturbed(asked) / undisturbed(bare);
  held(ratio <= HELP_RATIO, `--help ${ratio.toFixed(2)} × node -e 0 (at most ${HELP_RATIO})`);
};

const folder = mkdtempSync(join(tmpdir(), 'netcheck-bench-'));
const [{ path, words }, cluster] = await Promise.all([installPlugin(process.env.PATH ?? ''), startCluster()]);
try {
  if (words[0] !== 'kubectl')
    throw new Error('the comparison by hand needs kubectl on PATH: npm run bench could not get one');
  await help(path);
  for (const wanted of CONDITIONS) await condition(cluster, wanted, path, folder);
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true });
}
console.log(missed === 0 ? '\nall bounds held' : `\n${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
