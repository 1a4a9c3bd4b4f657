import { DEFAULT_IMAGE } from '../../../src/model/image.ts';
import { facts, notStarted, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'the pinned image: the second registry is offered',
      facts: facts({
        entry: {
          state: 'not-started',
          container: 'netcheck-abcde',
          image: DEFAULT_IMAGE,
          reason: 'ErrImagePull',
          message: 'Failed to pull image: no such host',
          toldBy: 'event',
        },
      }),
      summary: /cannot be had/,
      tells: [/second registry: --image ghcr.io\/nicolaka\/netshoot:/],
    },
    {
      name: 'the registry cannot be reached',
      facts: facts({
        entry: notStarted(
          'ErrImagePull',
          'failed to pull and unpack image "localhost:1/nope/netshoot:v1": failed to resolve image: failed to do request: Head "https://localhost:1/v2/nope/netshoot/manifests/v1": dial tcp 127.0.0.1:1: connect: connection refused',
        ),
      }),
      summary: /netshoot cannot be had on this node \(ErrImagePull\)/,
      tells: [/a mirror that it can reach/, /--image REGISTRY/],
    },
    {
      name: 'never pulled',
      facts: facts({
        entry: notStarted(
          'ErrImageNeverPull',
          'Container image "docker.io/nicolaka/netshoot:nope" is not present with pull policy of Never',
        ),
      }),
      summary: /ErrImageNeverPull/,
      tells: [/--image-pull-policy IfNotPresent/],
    },
    {
      name: 'a bad name',
      facts: facts({
        entry: notStarted('InvalidImageName', 'Failed to apply default image tag "Not An Image!"'),
      }),
      summary: /InvalidImageName/,
      tells: [/not a valid image reference/],
    },
    {
      name: 'only an event says so',
      facts: facts({
        entry: notStarted(
          'Failed',
          'Failed to pull image "registry.example.org/x": unauthorized: authentication required',
        ),
      }),
      summary: /cannot be had/,
      tells: [/wants credentials/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'still pulling when the time was up',
      facts: facts({
        entry: notStarted(
          'Timeout',
          'container "netcheck-abcde" in pod "client" is waiting to start: ContainerCreating',
        ),
      }),
    },
    {
      name: 'the container failed, not the image',
      facts: facts({
        entry: notStarted(
          'CreateContainerConfigError',
          'container has runAsNonRoot and image has non-numeric user (root)',
        ),
      }),
    },
  ],
};
