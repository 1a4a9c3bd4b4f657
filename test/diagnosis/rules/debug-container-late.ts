import { facts, notStarted, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'its image was still on its way',
      facts: facts({
        entry: notStarted('Timeout', 'its image is still being pulled: the node goes on with it'),
      }),
      summary: /^The debug image was still being pulled when --timeout came$/,
      severity: 'warning',
      tells: [/^kubectl netcheck client --timeout 5m -n shop$/, /the node goes on with it/],
    },
    {
      name: 'nothing was heard of it',
      facts: facts({
        entry: notStarted(
          'Timeout',
          'container "netcheck-abcde" in pod "client" is waiting to start: ContainerCreating',
        ),
      }),
      summary: /^The debug container had not started when --timeout came \(node node-1\)$/,
      tells: [/^kubectl describe node node-1$/, /^kubectl describe pod client -n shop$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the pull failed',
      facts: facts({ entry: notStarted('ErrImagePull', 'Failed to pull image "netshoot": not found') }),
    },
    {
      name: 'the user stopped it first',
      facts: facts({
        entry: notStarted('Interrupted', 'its image is still being pulled: the node goes on with it'),
      }),
    },
  ],
};
