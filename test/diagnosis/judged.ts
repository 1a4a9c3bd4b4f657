/** What is said in the end of a pod of test data. */
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { Unread } from '../../src/diagnosis/read.ts';
import { judgeReading } from '../../src/judge.ts';
import { API_VERSION } from '../../src/model/api-version.ts';
import type { Report } from '../../src/model/report.ts';

export const judged = (
  { target, destination, evidence, entry, observations, internetMode, gatheredAt, narrowed }: Facts,
  unread: readonly Unread[] = [],
): Report =>
  judgeReading(
    {
      apiVersion: API_VERSION,
      kind: 'Case',
      toolVersion: '0.1.0',
      gatheredAt: gatheredAt ?? '2026-11-21T10:00:00Z',
      durationMs: 1300,
      target,
      ...(destination === undefined ? {} : { destination }),
      evidence,
      entry,
      ...(internetMode === undefined ? {} : { internet: internetMode }),
      ...(narrowed === true ? { narrowed } : {}),
      asks: [],
      runs: [],
    },
    { observations, unread },
  );
