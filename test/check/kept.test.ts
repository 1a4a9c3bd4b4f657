/** What is kept of objects that may hold secrets: nothing but what a verdict looks at. */
import { expect, test } from '@jest/globals';
import { configMapSchema, daemonSetSchema } from '../../src/model/kubernetes.ts';

test('of a DaemonSet the options about masquerade', () => {
  const kept = daemonSetSchema.parse({
    metadata: { name: 'kube-flannel-ds' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'kube-flannel',
              command: ['/opt/bin/flanneld'],
              args: ['--ip-masq', '--kube-subnet-mgr', '--etcd-password=hunter2', '--token', 'hunter3'],
              env: [
                { name: 'FLANNELD_IP_MASQ', value: 'true' },
                { name: 'PASSWORD', value: 'hunter4' },
              ],
            },
            { name: 'sh', args: ['-c', 'exec /opt/bin/flanneld --ip-masq=false --etcd-password hunter5'] },
          ],
        },
      },
    },
  });
  expect(kept.spec.template.spec.containers).toEqual([
    {
      name: 'kube-flannel',
      command: ['/opt/bin/flanneld'],
      args: ['--ip-masq'],
      env: [{ name: 'FLANNELD_IP_MASQ', value: 'true' }],
    },
    { name: 'sh', args: ['/opt/bin/flanneld --ip-masq=false'] },
  ]);
  expect(daemonSetSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test('of a ConfigMap the Corefile, without the secrets in it', () => {
  const Corefile =
    '.:53 {\n    etcd skydns.local {\n      credentials root hunter2\n    }\n    route53 example.org.:Z1 {\n      aws_access_key AKIA hunter3\n    }\n    forward . 10.0.0.53\n}\n';
  const kept = configMapSchema.parse({ metadata: { name: 'coredns' }, data: { Corefile, other: 'hunter4' } });
  expect(JSON.stringify(kept)).not.toContain('hunter');
  expect(kept.data.Corefile).toContain('forward . 10.0.0.53');
  expect(kept.data.Corefile?.split('\n').length).toBe(Corefile.split('\n').length);
});
