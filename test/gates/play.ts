/** Plays a row through the real kubectl, and says what is not as it has to be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../src/judge.ts';
import { type Case, caseSchema } from '../../src/model/case.ts';
import type { Report } from '../../src/model/report.ts';
import type { Plugin, Ran } from '../e2e/plugin.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import { IPV4_ONLY } from '../sandbox/families.ts';
import { stage } from '../sandbox/scenario.ts';
import { type Expected, type Gate, NAMESPACE } from './gate.ts';
import { type Told, watchTelling } from './telling.ts';

/** Added to every row: one way in, so that each row sees its gate. */
export const EVERY_ROW: readonly string[] = ['--via', 'ephemeral'];

export interface Played {
  readonly gate: Gate;
  readonly ran: Ran;
  readonly told: Told;
  /** Undefined where the run ended with an error. */
  readonly case: Case | undefined;
  readonly report: Report | undefined;
  /** Ephemeral containers that the pod has now and had not before. */
  readonly added: readonly string[];
  /** Empty where all is as it has to be. */
  readonly wrong: readonly string[];
}

const containersOf = (cluster: SandboxCluster, pod: string): readonly string[] =>
  (cluster.store.get('pods', NAMESPACE, pod)?.spec.ephemeralContainers ?? []).map(
    ({ name }: { name: string }) => name,
  );

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const lacking = (what: string, text: string, words: readonly string[] = []): readonly string[] =>
  words.filter((word) => !text.includes(word)).map((word) => `${what} does not say "${word}"`);

const GATE_CODE = /^NC11(0[1-9]|1[23])$/;

const unlike = (
  expected: Expected,
  { ran, report, added, told }: Omit<Played, 'wrong' | 'gate'>,
): readonly string[] => {
  if (report === undefined) return [`no case: ${ran.stderr.trim()}`];
  const { entry, findings, verdict } = report;
  const codes = findings.map(({ code }) => code);
  const container = 'container' in entry ? entry.container : 'CONTAINER';
  const next = findings
    .flatMap((finding) => finding.next)
    .map((line) => line.replaceAll(container, 'CONTAINER'));
  const mend = findings.map((finding) => finding.mend ?? '').join('\n');
  const text = oneLine(ran.stdout);
  const enters = expected.entry === 'ran' || expected.entry === 'not-started';
  return [
    ...(ran.code === expected.exit ? [] : [`exit ${ran.code}, not ${expected.exit}`]),
    ...(verdict.status === expected.status ? [] : [`${verdict.status}, not ${expected.status}`]),
    ...(entry.state === expected.entry ? [] : [`entry ${JSON.stringify(entry)}, not ${expected.entry}`]),
    ...expected.codes.filter((code) => !codes.includes(code)).map((code) => `${code} is not found`),
    ...codes
      .filter((code) => GATE_CODE.test(code) && !expected.codes.includes(code))
      .map((code) => `${code} is found`),
    ...(added.length === (enters ? 1 : 0) ? [] : [`${added.length} containers were added`]),
    ...lacking('stdout', text, expected.says),
    ...lacking('stderr', oneLine(ran.stderr), expected.stderr),
    ...(expected.not ?? []).filter((word) => text.includes(word)).map((word) => `stdout says "${word}"`),
    ...(expected.next ?? [])
      .filter((line) => !next.includes(line))
      .map((line) => `next does not offer "${line}", but: ${next.join(' | ')}`),
    ...lacking('mend', mend, expected.mend),
    ...(expected.beforeStatus === true && told.afterStatus ? ['told only once status had told it'] : []),
  ];
};

/** Rows may be played side by side, each on a cluster of its own. */
let plays = 0;

export const playGate = async (cluster: SandboxCluster, plugin: Plugin, gate: Gate): Promise<Played> => {
  const { pod = 'client', args = [], steps = [], rights } = gate;
  const kubeconfig = await stage(cluster, {
    name: gate.name,
    namespace: NAMESPACE,
    families: [...IPV4_ONLY],
    steps: [...steps],
    rights: rights === undefined ? undefined : [...rights],
  });
  const before = containersOf(cluster, pod);
  await gate.arrange?.(cluster);
  plays += 1;
  const file = join(plugin.folder, `case-${plays}.json`);
  const telling = watchTelling(cluster.store);
  const ran = await plugin.run([pod, '-n', NAMESPACE, '--save', file, ...EVERY_ROW, ...args], kubeconfig);
  const told = telling.end();
  const played = {
    ran,
    told,
    added: containersOf(cluster, pod).filter((name) => !before.includes(name)),
    ...read(file),
  };
  const { error, expect } = gate;
  const wrong = [
    ...(expect === undefined ? [] : unlike(expect, played)),
    ...(error === undefined || (ran.code === error.exit && oneLine(ran.stderr).includes(error.says))
      ? []
      : [`exit ${ran.code}, stderr ${ran.stderr.trim()}`]),
    ...(error !== undefined && played.added.length > 0 ? ['a container was added'] : []),
  ];
  return { gate, ...played, wrong };
};

const read = (file: string): Pick<Played, 'case' | 'report'> => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { case: undefined, report: undefined };
  }
  const theCase = caseSchema.parse(JSON.parse(text));
  return { case: theCase, report: judge(theCase) };
};
