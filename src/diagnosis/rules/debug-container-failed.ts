import { suite } from '../../../probes/index.ts';
import type { Entry } from '../../model/entry.ts';
import { defineRule } from '../../model/rule.ts';
import { containerFailure } from '../start-failure.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

const advice = (text: string): readonly string[] => {
  if (/runAsNonRoot/.test(text))
    return [
      'the pod demands a user other than root, and the image has none with a number: an image with a numeric USER, --image',
    ];
  if (/no such file or directory|executable file not found|not found in \$PATH/.test(text))
    return ['the image has no shell or no such tool: an image with sh, curl, nc, nslookup and ping, --image'];
  return /OOM|137/.test(text) ? ['ephemeral containers share the memory limit of the pod'] : [];
};

/** What happened to it; undefined where it ran to its end, or was only late. */
const failureOf = (entry: Entry): { readonly what: string; readonly said: string } | undefined => {
  const failure = containerFailure(entry);
  if (failure !== undefined)
    return { what: `could not be started (${failure.reason})`, said: failure.message };
  if (entry.state !== 'ran' || entry.end !== 'container-ended') return undefined;
  const code = entry.exitCode === undefined ? '' : `, exit code ${entry.exitCode}`;
  return { what: `ended before it had said everything${code}`, said: entry.detail ?? '' };
};

/** Answers that it owes. A tool that is not in the image was told. */
const UNTOLD: readonly string[] = ['no-record', 'not-started', 'killed'];

/** Silent where every answer is in although the container's last word is missing. */
export default defineRule({
  id: 'debug-container-failed',
  code: 'NC1106',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: suite.map(({ id }) => id),
  evaluate: ({ target, entry, observations }) => {
    const failure = failureOf(entry);
    const missing = Object.values(observations)
      .flat()
      .some(({ outcome }) => outcome.kind === 'did-not-run' && UNTOLD.includes(outcome.reason));
    if (failure === undefined || !missing) return [];
    const text = `${failure.what} ${failure.said}`;
    return [
      {
        confidence: 'certain',
        summary: `The debug container ${failure.what}`,
        evidence: [...(failure.said === '' ? [] : [oneLine(failure.said, 1000)]), ...advice(text)],
        next: [kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD'))],
      },
    ];
  },
});
