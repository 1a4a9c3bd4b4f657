/** The plan's asks as the runner takes them. Pure. */
import { suite } from '../../../probes/index.ts';
import type { CheckOptions } from '../../model/options.ts';
import type { Ask, Order } from '../../model/probe.ts';
import type { RunnerAsk, RunnerOrder } from '../../runner/types.ts';
import { randomName } from './way.ts';

/** All side by side: the suite is small, and each tool waits far more than it works. */
const PARALLEL = 48;
/** For the runner's own start and end, beyond the slowest ask. */
const RUNNER_MARGIN_SECONDS = 3;

/**
 * None for a question that its probe does not take: a name, address or proxy of the cluster that no tool is to be given. It then has no
 * answer, and judging says so.
 */
const ordersOf = (ask: Ask, patienceSeconds: number | undefined): readonly (RunnerAsk & Order)[] => {
  const probe = suite.find(({ id }) => id === ask.probe);
  if (probe === undefined) throw new Error(`no such probe: ${ask.probe}`);
  if (!probe.question.safeParse(ask.question).success) return [];
  return [{ id: ask.id, ...probe.order(ask.question, patienceSeconds) }];
};

const totalSeconds = (asks: readonly RunnerAsk[], timeoutMs: number): number => {
  const slowest = Math.max(1, ...asks.map((ask) => ask.limitSeconds));
  const rounds = Math.ceil(asks.length / PARALLEL);
  return Math.max(1, Math.min(slowest * rounds + RUNNER_MARGIN_SECONDS, Math.floor(timeoutMs / 1000)));
};

export const orderFor = (
  asks: readonly Ask[],
  { probePatienceSeconds, timeoutMs }: Pick<CheckOptions, 'probePatienceSeconds' | 'timeoutMs'>,
): RunnerOrder => {
  // The slowest first: nothing else then decides how long the run takes.
  const orders = asks
    .flatMap((ask) => ordersOf(ask, probePatienceSeconds))
    .toSorted((one, other) => other.usualMs - one.usualMs);
  return {
    nonce: randomName(10),
    totalSeconds: totalSeconds(orders, timeoutMs),
    parallel: PARALLEL,
    asks: orders,
  };
};
