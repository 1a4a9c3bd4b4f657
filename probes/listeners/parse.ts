/** Reads what listens, from either source, into the same outcome. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { readProc } from './parse-proc.ts';
import { readSs } from './parse-ss.ts';
import type { ListenersOutcome, ListenersQuestion } from './probe.ts';

const read = (seen: Seen, question: ListenersQuestion): ListenersOutcome | undefined => {
  if (seen.exit === undefined || seen.cut.length > 0) return undefined;
  const sockets = question.read === 'ss' ? readSs(seen) : readProc(seen);
  if (sockets === undefined) return undefined;
  const unique = new Map(sockets.map((socket) => [JSON.stringify(socket), socket]));
  return { kind: 'listeners', sockets: [...unique.values()] };
};

export const parseListeners = (
  output: ToolOutput,
  question: ListenersQuestion,
): ListenersOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
