import { RUNNER_SCRIPT } from './script.ts';
import type { RunnerOrder } from './types.ts';

/** The debug container's `command`. Data stand in arguments of their own; the script is the same for every run. */
export const runnerCommand = ({ nonce, totalSeconds, parallel, asks }: RunnerOrder): readonly string[] => [
  'sh',
  '-c',
  RUNNER_SCRIPT,
  'netcheck',
  nonce,
  String(totalSeconds),
  String(parallel),
  ...asks.flatMap(({ id, limitSeconds, argv }) => [id, String(limitSeconds), String(argv.length), ...argv]),
];
