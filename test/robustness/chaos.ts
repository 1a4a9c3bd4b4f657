/** The chaos run: one session with the API server, cut at every k-th byte, and answered wrongly at each of its requests. */
import { type Gateway, startGateway } from '../chaos/gateway.ts';
import {
  dishonesties,
  idlePod,
  inLanes,
  NAMESPACE,
  namespaceObject,
  type Outcome,
  runNetcheck,
  told,
} from '../chaos/lab.ts';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import { MISBEHAVIOUR_NAMES, type Misbehaviour, misbehaveAt } from './api-misbehaviour.ts';
import { startCutter, type Times } from './cutter.ts';
import type { Figure, Part } from './figures.ts';

const LANES = 4;
/** Enough for a run that nothing happens to, on a busy machine; what cannot end well lasts no longer. */
const TIMEOUT_SECONDS = 12;
const ARGS = ['--no-internet', '--request-timeout', '2s'];

export interface Lab {
  readonly cluster: SandboxCluster;
  readonly gateway: Gateway;
  /** In a pod of its own, so that every session is as long as the first: what a run adds stays listed in its pod. */
  readonly run: (kubeconfig: string) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
}

export const openLab = async (): Promise<Lab> => {
  const cluster = await startCluster();
  const gateway = await startGateway(cluster);
  await cluster.apply([namespaceObject]);
  let pods = 0;
  return {
    cluster,
    gateway,
    run: async (kubeconfig) => {
      pods += 1;
      const pod = `pod-${pods}`;
      await cluster.apply([idlePod(pod)]);
      try {
        return await runNetcheck({ pod, kubeconfig, timeoutSeconds: TIMEOUT_SECONDS, args: ARGS });
      } finally {
        cluster.store.delete('pods', NAMESPACE, pod);
      }
    },
    stop: async () => {
      // Pods are still being removed.
      await cluster.reset();
      await gateway.stop();
      await cluster.stop();
    },
  };
};

/** A run that nothing happens to: how many bytes it exchanges, and how many requests it sends. */
export const recordSession = async (
  lab: Lab,
): Promise<{ readonly bytes: number; readonly requests: number }> => {
  const cutter = await startCutter(lab.cluster, Number.POSITIVE_INFINITY, 'once');
  const outcome = await lab.run(cutter.kubeconfig);
  cutter.stop();
  if (outcome.report?.verdict.status !== 'healthy') throw new Error(`not healthy: ${told(outcome)}`);
  return { bytes: cutter.bytes(), requests: outcome.case?.apiRequests ?? 0 };
};

export interface Tried {
  readonly name: string;
  readonly outcome: Outcome;
  /** Empty: it ended within its deadline, as the truth, as inconclusive, or with one error that says why. */
  readonly wrong: readonly string[];
  /** It ended wrongly beside others, and this is how it ended by itself. */
  readonly again?: true;
}

/**
 * What ends wrongly is tried again by itself: the sandbox's own servers share this machine, and where it stalls for seconds a pod
 * truly gets no answer. What is wrong of netcheck is wrong again.
 */
const tryAll = async (
  cases: readonly { readonly name: string; readonly run: () => Promise<Outcome> }[],
): Promise<readonly Tried[]> => {
  const judged = async ({ name, run }: (typeof cases)[number]): Promise<Tried> => {
    const outcome = await run();
    return { name, outcome, wrong: dishonesties(outcome, TIMEOUT_SECONDS) };
  };
  const tried = await inLanes(LANES, cases, judged);
  return inLanes(1, [...tried.entries()], async ([at, one]): Promise<Tried> => {
    const again = one.wrong.length > 0 ? cases[at] : undefined;
    return again === undefined ? one : { ...(await judged(again)), again: true };
  });
};

export const tryCuts = (lab: Lab, afterBytes: readonly number[], times: Times): Promise<readonly Tried[]> =>
  tryAll(
    afterBytes.map((bytes) => ({
      name: `cut ${times} after ${bytes} bytes`,
      run: async () => {
        const cutter = await startCutter(lab.cluster, bytes, times);
        try {
          return await lab.run(cutter.kubeconfig);
        } finally {
          cutter.stop();
        }
      },
    })),
  );

export const tryMisbehaviour = (
  lab: Lab,
  cases: readonly { readonly what: Misbehaviour; readonly nth: number; readonly times: Times }[],
): Promise<readonly Tried[]> =>
  tryAll(
    cases.map(({ what, nth, times }) => ({
      name: `${what} ${times} at request ${nth}`,
      run: () => lab.run(lab.gateway.kubeconfigFor(misbehaveAt(what, nth, times))),
    })),
  );

/** Bytes after which to cut: `count` of them, evenly over the session, never at its very end. */
export const cutsOf = (bytes: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, nth) => Math.floor((nth * bytes) / count) + 1);

export const figureOf = (name: string, tried: readonly Tried[]): Figure => {
  const verdicts = new Map<string, number>();
  for (const { outcome } of tried) {
    const verdict = outcome.report?.verdict.status ?? 'error';
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  const slowest = Math.max(0, ...tried.map(({ outcome }) => outcome.elapsedMs)) / 1000;
  const wrong = tried.filter((one) => one.wrong.length > 0);
  const again = tried.filter((one) => one.again === true);
  return {
    name,
    tried: tried.length,
    right: tried.length - wrong.length,
    detail: [
      [...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(', '),
      `slowest ${slowest.toFixed(1)} s`,
      ...(again.length === 0 ? [] : [`tried again alone: ${again.map((one) => one.name).join(', ')}`]),
      ...wrong.map((one) => `${one.name}: ${one.wrong.join('; ')}`),
    ].join('; '),
  };
};

const CUTS = { once: 200, 'for ever': 50 } as const satisfies Record<Times, number>;
const BOTH = ['once', 'for ever'] as const satisfies readonly Times[];

const inLab = async (measure: (lab: Lab) => Promise<readonly Figure[]>): Promise<readonly Figure[]> => {
  const lab = await openLab();
  try {
    return await measure(lab);
  } finally {
    await lab.stop();
  }
};

const cuts: Part = {
  title: 'The API connection is cut after every k-th byte of a session',
  about: `A relay loses the connection, TLS and all. Right: over within ${TIMEOUT_SECONDS} s, with the truth, as inconclusive, or with one error; never healthy with an answer missing.`,
  measure: (tell) =>
    inLab(async (lab) => {
      const { bytes } = await recordSession(lab);
      const figures: Figure[] = [];
      for (const times of BOTH) {
        const every = Math.floor(bytes / CUTS[times]);
        const tried = await tryCuts(lab, cutsOf(bytes, CUTS[times]), times);
        const figure = figureOf(`cut ${times}, every ${every} bytes of ${bytes}`, tried);
        tell(figure);
        figures.push(figure);
      }
      return figures;
    }),
};

const misbehaviour: Part = {
  title: 'The API server answers wrongly at each request of a session',
  about: `Once, and from that request on. Right: over within ${TIMEOUT_SECONDS} s, with the truth, as inconclusive, or with one error; never healthy with an answer missing.`,
  measure: (tell) =>
    inLab(async (lab) => {
      const { requests } = await recordSession(lab);
      const figures: Figure[] = [];
      for (const what of MISBEHAVIOUR_NAMES)
        for (const times of BOTH) {
          const cases = Array.from({ length: requests }, (_, nth) => ({ what, nth, times }));
          const figure = figureOf(
            `${what}, ${times}, at each of ${requests} requests`,
            await tryMisbehaviour(lab, cases),
          );
          tell(figure);
          figures.push(figure);
        }
      return figures;
    }),
};

export const CHAOS: readonly Part[] = [cuts, misbehaviour];
