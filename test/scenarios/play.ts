/** Plays a scenario: brings the cluster into its state, runs the command line that a user would type, and compares. */
import { tmpdir } from 'node:os';
import { check } from '../../src/check.ts';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import type { Report } from '../../src/model/report.ts';
import { netcheck } from '../cli/in-process.ts';
import { filledText } from '../observations/fill.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import { type Scenario, stage } from '../sandbox/scenario.ts';

export interface Played {
  readonly argv: readonly string[];
  readonly exit: number;
  readonly text: string;
  readonly stderr: string;
  readonly case: Case;
  readonly report: Report;
}

const CASE_FILE = 'case.json';
/** Where kubectl keeps what it knows of clusters: without one it would do so here. */
const HOME = tmpdir();

export const play = async (cluster: SandboxCluster, scenario: Scenario): Promise<Played> => {
  const kubeconfig = await stage(cluster, scenario);
  const args = scenario.args.map((one) => filledText(one, cluster.store, scenario.namespace));
  const argv = [scenario.target, '-n', scenario.namespace, '--save', CASE_FILE, ...args];
  const ran = await netcheck(
    [...argv, '--kubeconfig', kubeconfig],
    {},
    {
      loadCheck: async () => check,
      now: () => new Date(),
      env: { LANG: 'C.UTF-8', PATH: process.env.PATH, HOME },
    },
  );
  const saved = ran.files[CASE_FILE];
  if (saved === undefined) throw new Error(`no case: exit ${ran.code}\n${ran.stderr}`);
  const parsed = caseSchema.parse(JSON.parse(saved));
  return { argv, exit: ran.code, text: ran.stdout, stderr: ran.stderr, case: parsed, report: judge(parsed) };
};

/** Each step is the one that is expected: `NC3001|NC3003` one of several, `NC6001?` only where chance had it so. */
export const isChain = (got: readonly string[], expected: readonly string[]): boolean => {
  const [step, ...others] = expected;
  if (step === undefined) return got.length === 0;
  const [code, ...rest] = got;
  const here = code !== undefined && step.replace(/\?$/, '').split('|').includes(code);
  return (here && isChain(rest, others)) || (step.endsWith('?') && isChain(got, others));
};

/** What differs from what the scenario expects, in words; empty where it is right. */
export const differences = ({ expect }: Scenario, played: Played): readonly string[] => {
  const { verdict, findings } = played.report;
  // A sentence may be broken into lines anywhere.
  const text = played.text.replace(/\s+/g, ' ');
  const unsaid = expect.says.filter((words) => !played.text.includes(words) && !text.includes(words));
  const wrongly = findings.map(({ code }) => code).filter((code) => expect.not.includes(code));
  return [
    ...(verdict.status === expect.status ? [] : [`status ${verdict.status}, not ${expect.status}`]),
    ...(played.exit === expect.exit ? [] : [`exit ${played.exit}, not ${expect.exit}`]),
    ...(isChain(verdict.chain, expect.chain)
      ? []
      : [`chain [${verdict.chain.join(' ')}], not [${expect.chain.join(' ')}]`]),
    ...wrongly.map((code) => `${code} must not be there`),
    ...unsaid.map((words) => `does not say "${words}"`),
  ];
};
