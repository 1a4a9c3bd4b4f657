import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { sidecarChange, sidecarPatch, type Workload } from '../../../src/cluster/ways/sidecar-patch.ts';
import { podSchema } from '../../../src/model/kubernetes.ts';

const pod = podSchema.parse({ metadata: { name: 'web-x' }, spec: { containers: [{ name: 'app' }] } });
const patch = sidecarPatch(pod, { image: "it's", profile: 'restricted' });
const workload: Workload = {
  resource: 'deployments',
  kind: 'deployment',
  name: 'web',
  replicas: 3,
  selector: 'app=web',
};

test('the container waits, as strict as any, with limits of its own', () => {
  expect(patch).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'netcheck',
              securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
              resources: { limits: { memory: '256Mi' } },
            },
          ],
        },
      },
    },
  });
});

test('what it means is told: who is replaced, what is not seen, how to take it out', () => {
  const { consequences } = sidecarChange(workload, 'shop', patch);
  expect(consequences.join('\n')).toContain('deployment/web replaces its 3 pods');
  expect(consequences.join('\n')).toContain('kubectl rollout undo deployment/web -n shop');
  const bare = sidecarChange({ ...workload, resource: 'replicasets', kind: 'replicaset' }, 'shop', patch);
  expect(bare.consequences[0]).toContain('from now on');
});

test('the command by hand gives a shell the very patch', () => {
  const { byHand = '' } = sidecarChange(workload, 'shop', patch);
  const words = execFileSync('sh', [
    '-c',
    `kubectl() { for word do printf '%s\\0' "$word"; done; }; ${byHand}`,
  ])
    .toString()
    .split('\0');
  expect(words.slice(0, 6)).toEqual(['patch', 'deployment', 'web', '-n', 'shop', '--patch']);
  expect(JSON.parse(words[6] ?? '')).toEqual(patch);
});
