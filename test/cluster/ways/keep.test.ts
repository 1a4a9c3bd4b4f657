import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { keeping, keptContainer } from '../../../src/cluster/ways/keep.ts';
import { DEFAULT_IMAGE } from '../../../src/model/image.ts';
import { podSchema } from '../../../src/model/kubernetes.ts';

test('without --keep the command is the runner', () => {
  expect(keeping(['sh', '-c', 'x'], undefined)).toEqual(['sh', '-c', 'x']);
});

const start = (command: readonly string[], seconds: number) => {
  const [file = '', ...args] = keeping(command, seconds);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, exit: once(child, 'exit') };
};

test('it stays for a while after its command, and then ends well, whatever became of the command', async () => {
  const { child, exit } = start(['sh', '-c', 'echo said; exit 3'], 1);
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('said\n');
  expect(child.exitCode).toBeNull();
  expect(await exit).toEqual([0, null]);
});

test('asked to end it ends at once', async () => {
  const { child, exit } = start(['echo', 'said'], 600);
  await once(child.stdout, 'data');
  // Its trap is set after the command.
  await new Promise((later) => setTimeout(later, 300));
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

describe('which container is used again', () => {
  const pod = (containers: readonly { name: string; image?: string; running?: string }[]) =>
    podSchema.parse({
      metadata: { name: 'p' },
      spec: {
        ephemeralContainers: containers.map(({ name, image = DEFAULT_IMAGE }) => ({ name, image })),
      },
      status: {
        ephemeralContainerStatuses: containers.map(({ name, running }) => ({
          name,
          state:
            running === undefined ? { terminated: { exitCode: 0 } } : { running: { startedAt: running } },
        })),
      },
    });

  test.each([
    ['none is there', [], undefined],
    ['it has ended', [{ name: 'netcheck-keep-a' }], undefined],
    ['another run is at work in it', [{ name: 'netcheck-b', running: '2026-01-01T00:00:00Z' }], undefined],
    [
      'of another image',
      [{ name: 'netcheck-keep-a', image: 'other', running: '2026-01-01T00:00:00Z' }],
      undefined,
    ],
    ["somebody else's", [{ name: 'debugger-x', running: '2026-01-01T00:00:00Z' }], undefined],
    [
      'the newest of several',
      [
        { name: 'netcheck-keep-a', running: '2026-01-01T00:00:00Z' },
        { name: 'netcheck-keep-b', running: '2026-01-01T00:05:00Z' },
      ],
      'netcheck-keep-b',
    ],
  ])('%s', (_name, containers, expected) => {
    expect(keptContainer(pod(containers))?.name).toBe(expected);
  });
});
