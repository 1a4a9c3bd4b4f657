/** Reads the JSON of iproute2: `ip -j address show`, `ip -j route show table all`, `ip -j neighbour show`. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { readAddresses } from './addresses.ts';
import { readNeighbours } from './neighbours.ts';
import type { InterfaceOutcome, InterfaceQuestion } from './probe.ts';
import { readRoutes } from './routes.ts';

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const READERS: Readonly<Record<InterfaceQuestion['read'], (json: unknown) => InterfaceOutcome | undefined>> =
  {
    addresses: readAddresses,
    routes: readRoutes,
    neighbours: readNeighbours,
  };

const read = (seen: Seen, question: InterfaceQuestion): InterfaceOutcome | undefined =>
  seen.exit !== 0 || seen.cut.includes('stdout') ? undefined : READERS[question.read](jsonOf(seen.stdout));

export const parseInterface = (
  output: ToolOutput,
  question: InterfaceQuestion,
): InterfaceOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
