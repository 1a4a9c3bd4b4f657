/** The runner of scenarios keeps one cluster of each kind. */
import { expect, test } from '@jest/globals';
import { createClusters } from '../sandbox/clusters.ts';

test('each kind is started once, when it is first asked for, and all are stopped', async () => {
  const log: string[] = [];
  const clusters = createClusters(async ({ families }) => {
    const kind = `${families?.join()}`;
    log.push(`start ${kind}`);
    return { stop: async () => void log.push(`stop ${kind}`) };
  });
  const first = await clusters.of(['ipv4']);
  expect(await clusters.of(['ipv4'])).toBe(first);
  expect(await clusters.of(['ipv6'])).not.toBe(first);
  await clusters.stop();
  await clusters.stop();
  expect(log).toEqual(['start ipv4', 'start ipv6', 'stop ipv4', 'stop ipv6']);
});

test('a kind that cannot be started fails its own scenarios only', async () => {
  const clusters = createClusters(async ({ families }) => {
    if (families?.join() === 'ipv6') throw new Error('the kernel of this machine has no IPv6');
    return { stop: async () => undefined };
  });
  await expect(clusters.of(['ipv6'])).rejects.toThrow('no IPv6');
  await expect(clusters.of(['ipv6'])).rejects.toThrow('no IPv6');
  await expect(clusters.of(['ipv4'])).resolves.toBeDefined();
  await expect(clusters.stop()).resolves.toBeUndefined();
});
