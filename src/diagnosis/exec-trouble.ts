/** Why nothing could be run in a container of the pod itself (`--via exec`). */

import type { Target } from '../model/case.ts';
import { type Entry, wayOf } from '../model/entry.ts';
import type { FindingDraft } from '../model/rule.ts';
import { inCommand, kubectl, oneLine } from './wording.ts';

const SUMMARIES: ReadonlyMap<string, (container: string) => string> = new Map([
  ['NoShell', (container) => `Container ${container} has no shell, so nothing can be asked from inside it`],
  ['NoTools', (container) => `Container ${container} has a shell, and not the tools to ask with`],
]);

/** undefined: it was another way, or it ran. */
export const execTrouble = (entry: Entry, target: Target): FindingDraft | undefined => {
  if (wayOf(entry) !== 'exec' || entry.state !== 'not-started' || entry.toldBy !== 'exec') return undefined;
  const summary =
    SUMMARIES.get(entry.reason)?.(entry.container) ??
    `Nothing could be run in container ${entry.container} by kubectl exec`;
  const pod = inCommand(target.pod, 'POD');
  return {
    confidence: 'certain',
    summary,
    evidence: [
      oneLine(entry.message, 1000),
      'another container of the pod may have what it takes (-c); a debug container and a look-alike bring their own',
    ],
    next: [
      kubectl(target.namespace, 'netcheck', pod, '--via', 'ephemeral'),
      kubectl(target.namespace, 'netcheck', pod, '--via', 'jump'),
    ],
  };
};
