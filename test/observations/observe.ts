/**
 * Makes a condition on the embedded cluster, puts one debug container into the pod as a check does, and reads what comes back with the
 * probes' own parsers.
 */
import { createClient } from '../../src/cluster/client.ts';
import { loadConnection } from '../../src/cluster/kubeconfig/index.ts';
import { enter } from '../../src/cluster/ways/index.ts';
import { read } from '../../src/diagnosis/read.ts';
import type { Entry } from '../../src/model/entry.ts';
import { podSchema } from '../../src/model/kubernetes.ts';
import type { Ask, RawResult } from '../../src/model/probe.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import { stage } from '../sandbox/scenario.ts';
import { differences } from './differences.ts';
import { filled } from './fill.ts';
import type { Condition } from './observation-file.ts';

export interface Observed {
  readonly probe: string;
  readonly question: unknown;
  readonly outcome: unknown;
  /** What is not as it has to be, in words; empty where it is right. */
  readonly wrong: readonly string[];
  readonly run: RawResult | undefined;
}

export interface Observations {
  readonly entry: Entry;
  /** Of the run as a whole. */
  readonly wrong: readonly string[];
  readonly observed: readonly Observed[];
}

/** More than any probe takes. */
const TIMEOUT_MS = 60_000;

const askAll = async (
  kubeconfig: string,
  { namespace, pod: name }: Condition,
  pod: unknown,
  asks: readonly Ask[],
) => {
  const connection = { kubeconfig, asGroups: [] };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { endpoint, context } = await loadConnection(connection, {});
  const client = createClient(endpoint, { namespace, context }, signal);
  try {
    return await enter({
      client,
      target: { requested: name, namespace, pod: name },
      pod: podSchema.parse(pod),
      asks,
      lookAlikeAsks: () => asks,
      options: {
        target: name,
        ref: { kind: 'pod', name },
        via: 'ephemeral',
        profile: 'restricted',
        yes: false,
        connection,
        timeoutMs: TIMEOUT_MS,
        internet: 'default',
        dryRun: 'none',
      },
      ports: {
        signal,
        env: {},
        now: () => new Date(),
        progress: () => {},
        rehearse: () => {},
        onAdmitted: () => {},
        onMost: () => {},
      },
    });
  } finally {
    client.close();
  }
};

export const observe = async (cluster: SandboxCluster, condition: Condition): Promise<Observations> => {
  const kubeconfig = await stage(cluster, condition);
  const { namespace, pod } = condition;
  const wanted = condition.asks.map((ask) => filled(ask, cluster.store, namespace));
  const asks = wanted.map(
    ({ probe, question }, index): Ask => ({ id: `${index}/${probe}`, probe, purpose: 'tools', question }),
  );
  const { entry, runs } = await askAll(
    kubeconfig,
    condition,
    cluster.store.get('pods', namespace, pod),
    asks,
  );
  const { observations } = read({ asks: [...asks], runs: [...runs], entry });
  return {
    entry,
    wrong: differences({ state: 'ran', end: condition.end }, entry),
    observed: wanted.map(({ probe, question, expect }, index) => {
      const id = `${index}/${probe}`;
      const found = observations.find((observation) => observation.id === id);
      return {
        probe,
        question,
        outcome: found?.outcome,
        // A field of the question that the probe does not know would be dropped without a word.
        wrong: [
          ...differences(question, found?.question, 'question'),
          ...differences(expect, found?.outcome),
        ],
        run: runs.find((run) => run.id === id),
      };
    }),
  };
};

/** All that is wrong, with what the tool printed; empty where everything is right. */
export const complaints = ({ entry, wrong, observed }: Observations): readonly string[] => [
  ...(wrong.length === 0 ? [] : [`${wrong.join('; ')}: ${JSON.stringify(entry)}`]),
  ...observed
    .filter((one) => one.wrong.length > 0)
    .map((one) =>
      [
        `${one.probe} ${JSON.stringify(one.question)}`,
        ...one.wrong.map((line) => `  ${line}`),
        `  read as ${JSON.stringify(one.outcome)}`,
        ...(one.run === undefined ? [] : [`  printed ${JSON.stringify(one.run)}`]),
      ].join('\n'),
    ),
];
