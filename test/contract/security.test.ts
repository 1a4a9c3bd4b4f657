/** Pod Security over the whole pod, RBAC of the default roles, and who may come in. */
import { Agent, request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Loose } from '../sandbox/api/json.ts';
import { createClient } from './client.ts';
import { patch, pod } from './objects.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await createNamespace(world, 'shop');
});
afterAll(() => world?.stop());

describe('Pod Security', () => {
  const SAFE = {
    capabilities: { drop: ['ALL'] },
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const create = (namespace: string, name: string, spec: Loose) =>
    world.client.send({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/pods`,
      body: pod(name, spec),
    });

  test('baseline refuses host namespaces, host paths and added capabilities, each by name', async () => {
    await createNamespace(world, 'base', { 'pod-security.kubernetes.io/enforce': 'baseline' });
    const { status, body } = await create('base', 'bad', {
      hostNetwork: true,
      volumes: [{ name: 'h', hostPath: { path: '/' } }],
      containers: [
        { name: 'a', image: 'x', securityContext: { capabilities: { add: ['NET_RAW', 'SYS_PTRACE'] } } },
        { name: 'b', image: 'x', securityContext: { privileged: true } },
      ],
    });
    expect(status).toBe(403);
    expect(body.message).toBe(
      'pods "bad" is forbidden: violates PodSecurity "baseline:latest": non-default capabilities (container "a" must not include "NET_RAW", "SYS_PTRACE" in securityContext.capabilities.add), host namespaces (hostNetwork=true), hostPath volumes (volume "h"), privileged (container "b" must not set securityContext.privileged=true)',
    );
  });

  test('restricted names every container that does not comply, an old ephemeral one too', async () => {
    await createNamespace(world, 'strict');
    await create('strict', 'app', { containers: [{ name: 'app', image: 'x', securityContext: SAFE }] });
    const path = '/api/v1/namespaces/strict/pods/app/ephemeralcontainers';
    const add = (name: string, securityContext: Loose) =>
      patch(world, path, 'strategic-merge-patch', {
        spec: { ephemeralContainers: [{ name, image: 'x', securityContext }] },
      });
    expect((await add('old', {})).status).toBe(200);
    await patch(world, '/api/v1/namespaces/strict', 'merge-patch', {
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    const { status, body } = await add('new', { ...SAFE, runAsUser: 65532 });
    expect([status, body.message]).toEqual([403, expect.stringContaining('(container "old" must set')]);
    expect(body.message).not.toContain('"new"');
    const both = await create('strict', 'two', {
      containers: [
        { name: 'a', image: 'x' },
        { name: 'b', image: 'x' },
      ],
    });
    expect(both.body.message).toContain(
      '(pod or containers "a", "b" must set securityContext.runAsNonRoot=true)',
    );
  });
});

describe('RBAC', () => {
  test.each(['view', 'edit', 'admin'])('%s does not include pods/ephemeralcontainers', async (role) => {
    const user = `of-${role}`;
    await post(world, '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: user },
      roleRef: { kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'User', name: user }],
    });
    const may = async (verb: string, resource: string, subresource = '') => {
      const spec = { resourceAttributes: { namespace: 'shop', verb, resource, subresource } };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      return (
        await world.client.send({
          method: 'POST',
          path,
          headers: { 'Impersonate-User': user },
          body: { spec },
        })
      ).body.status.allowed;
    };
    expect(await may('get', 'pods', 'log')).toBe(true);
    expect(await may('patch', 'pods', 'ephemeralcontainers')).toBe(false);
    expect(await may('create', 'pods', 'exec')).toBe(role !== 'view');
    expect(await may('get', 'secrets')).toBe(role !== 'view');
    expect(await may('list', 'nodes')).toBe(false);
  });

  test('resourceNames limit a rule to these names', async () => {
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop';
    const rules = [
      { apiGroups: [''], resources: ['pods/*', 'pods'], resourceNames: ['only'], verbs: ['get'] },
    ];
    await post(world, `${path}/roles`, { metadata: { name: 'one' }, rules });
    const roleRef = { kind: 'Role', name: 'one' };
    await post(world, `${path}/rolebindings`, {
      metadata: { name: 'one' },
      roleRef,
      subjects: [{ kind: 'Group', name: 'g' }],
    });
    const client = createClient(world.api, world.api.addToken('member', ['g']));
    const status = async (name: string) =>
      (await client.send({ path: `/api/v1/namespaces/shop/pods/${name}` })).status;
    expect([await status('only'), await status('other')]).toEqual([404, 403]);
    client.close();
  });

  test('a wrong token is 401, none is anonymous and may see the version only', async () => {
    const wrong = createClient(world.api, 'wrong');
    expect((await wrong.send({ path: '/api' })).body.reason).toBe('Unauthorized');
    wrong.close();
    const agent = new Agent({ ca: world.api.caPem });
    const status = (path: string) =>
      new Promise<number>((resolve, reject) => {
        request(`${world.api.server}${path}`, { agent }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .once('error', reject)
          .end();
      });
    expect([await status('/version'), await status('/api/v1/pods')]).toEqual([200, 403]);
    agent.destroy();
  });
});
