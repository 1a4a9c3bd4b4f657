/** The runner's argv. The script is the same for every run; data stand in arguments of their own. */
import { isAskId } from '../model/probe.ts';
import { OWN_CONTAINER, SCRIPT } from './script.sh.ts';
import type { RunnerOrder } from './types.ts';
import { seedOf } from './wire.ts';

const NONCE = /^[a-z0-9]{1,32}$/;

const mustBe = (right: boolean, what: string): void => {
  if (!right) throw new Error(`runner order: ${what}`);
};
const whole = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max;

const check = ({ nonce, totalSeconds, parallel, asks }: RunnerOrder): void => {
  mustBe(NONCE.test(nonce), 'the nonce is 1 to 32 lower-case letters and digits');
  mustBe(whole(totalSeconds, 86_400), 'totalSeconds is a whole number from 1');
  mustBe(whole(parallel, 100), 'parallel is a whole number from 1 to 100');
  mustBe(new Set(asks.map(({ id }) => id)).size === asks.length, 'ids are unique');
  mustBe(asks.length <= 200, 'at most 200 asks');
  for (const { id, limitSeconds, argv } of asks) {
    mustBe(isAskId(id), `not an id: ${id}`);
    mustBe(whole(limitSeconds, 86_400), `${id}: limitSeconds is a whole number from 1`);
    const [tool] = argv;
    mustBe(tool !== undefined && tool !== '' && !tool.startsWith('-'), `${id}: the tool has a name`);
    mustBe(!argv.some((word) => word.includes('\0')), `${id}: no argument holds a NUL`);
  }
};

/** Whose container it runs in: of its own it may leave a termination message in. */
export type RunnerPlace = 'own-container' | 'beside-an-app';

/**
 * The argv as the shell is to see it, for a caller that starts it directly (exec).
 * Throws an Error for an order that the script or the record format cannot carry: a fault of the caller.
 */
export const runnerArguments = (order: RunnerOrder, place: RunnerPlace): readonly string[] => {
  check(order);
  const { nonce, totalSeconds, parallel, asks } = order;
  return [
    'sh',
    '-c',
    SCRIPT,
    place === 'own-container' ? OWN_CONTAINER : 'netcheck-exec',
    nonce,
    String(seedOf(nonce, '')),
    String(totalSeconds),
    String(Math.max(1, Math.min(parallel, asks.length))),
    String(asks.length),
    ...asks.flatMap(({ id, limitSeconds, argv }) => [
      id,
      String(seedOf(nonce, id)),
      String(limitSeconds),
      String(argv.length),
      ...argv,
    ]),
  ];
};

/**
 * The same as a container's `command`, where the kubelet reads `$(NAME)` as a variable and `$$` as one `$`: in the data, each `$`
 * is doubled. The script is left as it is, because it reads the same either way.
 */
export const runnerCommand = (order: RunnerOrder): readonly string[] =>
  runnerArguments(order, 'own-container').map((word) =>
    word === SCRIPT ? word : word.replaceAll('$', '$$$$'),
  );
