/** `npm run demo`: the main job, on the embedded cluster. Ends by itself. */
import { spawn } from 'node:child_process';
import { wrap } from '../../src/report/screen.ts';
import { startCluster } from './cluster.ts';
import { installPlugin, type Plugin } from './plugin.ts';
import { loadScenarios, type Scenario, stage } from './scenario.ts';

/** One healthy pod, and faults at different layers: what is told should be the cause, not the symptom. */
const SHOWN = [
  'healthy',
  'dns-without-endpoints',
  'no-default-route',
  'internet-unreachable',
  'policy-ingress-denied',
] as const;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);
const bold = (text: string): string =>
  process.stdout.isTTY && process.env.NO_COLOR === undefined ? `\x1b[1m${text}\x1b[22m` : text;

/** Shows a command line and what it prints, as a terminal would. Resolves with its exit status. */
const show = (argv: readonly [string, ...string[]], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    say(bold(`$ ${argv.join(' ')}`));
    const [program, ...args] = argv;
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });

const scene = async (
  scenario: Scenario,
  number: number,
  plugin: Plugin,
  kubeconfig: string,
): Promise<void> => {
  say();
  say(bold(`── ${number}. ${scenario.title}`));
  for (const line of wrap(scenario.about.trim(), 76)) say(`   ${line}`);
  say();
  const argv: [string, ...string[]] = [
    ...plugin.words,
    scenario.target,
    '-n',
    scenario.namespace,
    ...scenario.args,
  ];
  const code = await show(argv, { ...process.env, PATH: plugin.path, KUBECONFIG: kubeconfig });
  say(`(exit status ${code})`);
};

const scenarios = SHOWN.map((name) => {
  const found = loadScenarios().find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
});

say(
  'Starting an embedded cluster: pods are network namespaces of this machine, tools and faults are real, no packet leaves.',
);
const [plugin, cluster] = await Promise.all([installPlugin(process.env.PATH ?? ''), startCluster()]);
if (plugin.words[0] !== 'kubectl')
  say('There is no kubectl on PATH, so kubectl-netcheck is called directly.');
try {
  for (const [index, scenario] of scenarios.entries())
    await scene(scenario, index + 1, plugin, await stage(cluster, scenario));
} finally {
  await cluster.stop();
}
say(`
${bold('That was it')}; the cluster is gone. What to try next:

  npm run sandbox                     the same cluster, to break by hand with kubectl
  npm run scenarios                   every fault that it knows, and what netcheck names it
  ${plugin.words.join(' ')} --help             what else it can be asked
  npm test                            the tests

On a cluster of your own: npm run build, put dist/bin on PATH, then kubectl netcheck POD.`);
