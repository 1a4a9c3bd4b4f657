import { directQuery, facts, notStarted, type RuleCases, ran } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'root image under runAsNonRoot',
      facts: facts({
        entry: notStarted(
          'CreateContainerConfigError',
          'container has runAsNonRoot and image has non-numeric user (root), cannot verify user is non-root',
        ),
      }),
      summary: /could not be started \(CreateContainerConfigError\)/,
      tells: [/numeric USER/],
    },
    {
      name: 'no shell',
      facts: facts({
        entry: notStarted('RunContainerError', 'exec: "sh": executable file not found in $PATH'),
      }),
      summary: /RunContainerError/,
      tells: [/no shell/],
    },
    {
      name: 'no shell in the container of the pod that was to be asked with',
      facts: facts({
        entry: {
          state: 'not-started',
          via: 'exec',
          container: 'app',
          image: 'web',
          reason: 'NoShell',
          message: 'exec: "sh": executable file not found in $PATH',
          toldBy: 'exec',
        },
      }),
      summary: /has no shell/,
      tells: [/--via jump/],
    },
    {
      name: 'killed half way',
      facts: facts({
        entry: { ...ran('container-ended', 'OOMKilled'), exitCode: 137 },
        lost: ['http-get/kubernetes-api'],
      }),
      summary: /ended before it had said everything, exit code 137/,
      tells: [/memory limit of the pod/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'every answer is in, only the last word is missing',
      facts: facts({ entry: ran('container-ended') }),
    },
    {
      name: 'every answer is in: one tool is not in the image',
      facts: facts({
        entry: ran('container-ended'),
        observations: [directQuery('10.96.0.10', { kind: 'did-not-run', reason: 'tool-missing' })],
      }),
    },
    {
      name: 'it was only late',
      facts: facts({ entry: notStarted('Timeout', 'waiting to start: PodInitializing') }),
    },
  ],
};
