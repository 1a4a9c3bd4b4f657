import { suite } from '../../../probes/index.ts';
import type { Target } from '../../model/case.ts';
import type { Entry } from '../../model/entry.ts';
import { defineRule } from '../../model/rule.ts';
import { execTrouble } from '../exec-trouble.ts';
import { containerFailure } from '../start-failure.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

interface Advice {
  readonly told: readonly string[];
  /** After the command that describes the pod. */
  readonly next: readonly string[];
}

const adviceFor = (text: string, code: number | undefined, target: Target, node: string): Advice => {
  const pod = inCommand(target.pod, 'POD');
  const otherImage = kubectl(target.namespace, 'netcheck', pod, '--image', 'REGISTRY/netshoot:TAG');
  if (/runAsNonRoot/.test(text))
    return {
      told: [
        'the pod demands a user other than root, and the image has none with a number: an image with a numeric USER, --image',
      ],
      next: [otherImage],
    };
  if (/exec format error/.test(text))
    return {
      told: ["the image is not made for this node's architecture: --image"],
      next: [`kubectl get node ${node} -o jsonpath='{.status.nodeInfo.architecture}'`, otherImage],
    };
  if (/no such file or directory|executable file not found|not found in \$PATH/.test(text))
    return {
      told: [
        'the image has no shell or no such tool: an image with sh, curl, nc, nslookup and ping, --image',
      ],
      next: [otherImage],
    };
  if (/OOM/.test(text) || code === 137)
    return {
      told: [
        /OOM/.test(text)
          ? 'ephemeral containers share the memory limit of the pod'
          : 'SIGKILL ended it: memory (ephemeral containers share the limit of the pod), or whoever stops containers on that node',
      ],
      next: [
        kubectl(target.namespace, 'get', 'pod', pod, '-o', "jsonpath='{.spec.containers[*].resources}'"),
      ],
    };
  return { told: [], next: [] };
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
  uses: ['pod'],
  probes: suite.map(({ id }) => id),
  evaluate: ({ target, entry, maybe: { pod }, observations }) => {
    const byExec = execTrouble(entry, target);
    if (byExec !== undefined) return [byExec];
    const failure = failureOf(entry);
    const missing = Object.values(observations)
      .flat()
      .some(({ outcome }) => outcome.kind === 'did-not-run' && UNTOLD.includes(outcome.reason));
    if (failure === undefined || !missing) return [];
    const node = pod.state === 'known' ? inCommand(pod.value.spec.nodeName ?? '', 'NODE') : 'NODE';
    const code = entry.state === 'ran' ? entry.exitCode : undefined;
    const advice = adviceFor(`${failure.what} ${failure.said}`, code, target, node);
    return [
      {
        confidence: 'certain',
        summary: `The debug container ${failure.what}`,
        evidence: [...(failure.said === '' ? [] : [oneLine(failure.said, 1000)]), ...advice.told],
        next: [...advice.next, kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD'))],
      },
    ];
  },
});
