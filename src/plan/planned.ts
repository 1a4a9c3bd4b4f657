import type { Observation } from '../../probes/index.ts';
import type { Ask } from '../model/probe.ts';

/** An ask whose question is one that its probe takes. */
export type Planned = Observation extends infer O
  ? O extends Observation
    ? Ask<O['probe'], O['question']> & { probe: O['probe'] }
    : never
  : never;
