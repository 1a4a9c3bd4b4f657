/**
 * The real kubectl against the double, with controllers and a node that lets every pod run; and, on every machine, the
 * requests that kubectl makes (recorded from kubectl 1.32), so that these are held even where there is no kubectl on PATH.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { Loose } from '../sandbox/api/json.ts';
import { eventually } from './client.ts';
import { createKubectl, KUBECTL, type Kubectl, type KubectlResult } from './kubectl.ts';
import { createNamespace, post, startWorld, type World } from './world.ts';

let world: World;
let kubectl: Kubectl;

/** A kubelet in two lines: what is bound runs at once, what is deleted goes. */
const letPodsRun = ({ store }: World) =>
  store.watch(({ resource, type, object }) => {
    const { namespace, name } = object.metadata;
    if (resource !== 'pods' || type === 'DELETED' || !object.spec.nodeName) return;
    if (object.metadata.deletionTimestamp !== undefined)
      setImmediate(() => store.delete('pods', namespace, name));
    else if (object.status.phase === 'Pending') {
      const status = (container: Loose) => ({
        name: container.name,
        ready: true,
        started: true,
        restartCount: 0,
        image: container.image,
        imageID: '',
        state: { running: { startedAt: object.metadata.creationTimestamp } },
        lastState: {},
      });
      store.update('pods', namespace, name, (pod) => ({
        ...pod,
        status: {
          ...pod.status,
          phase: 'Running',
          podIP: '10.244.0.7',
          podIPs: [{ ip: '10.244.0.7' }],
          conditions: [{ type: 'Ready', status: 'True' }],
          containerStatuses: pod.spec.containers.map(status),
        },
      }));
    }
  });

const APP = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'app', namespace: 'shop', labels: { app: 'app' } },
  spec: {
    containers: [
      { name: 'app', image: 'docker.io/lab/web:1', ports: [{ name: 'http', containerPort: 8080 }] },
    ],
  },
};
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'app' }, ports: [{ port: 80, targetPort: 'http' }] },
};

beforeAll(async () => {
  world = await startWorld();
  kubectl = createKubectl(world);
  letPodsRun(world);
  world.store.create('nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', labels: { 'kubernetes.io/os': 'linux' } },
    status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1.36.2' } },
  });
  await createNamespace(world, 'shop');
  await post(world, '/api/v1/namespaces/shop/pods', APP);
  await post(world, '/api/v1/namespaces/shop/services', SERVICE);
  world.kubelet.print('app', 'one\ntwo\nthree\n', true);
  world.kubelet.script(['sh', '-c', 'exit 3'], { stdout: 'out\n', code: 3 });
  world.kubelet.script(['cat'], { echoes: true });
  const ready = () => world.store.get('endpoints', 'shop', 'web')?.subsets?.[0]?.addresses;
  await eventually('the endpoints of shop/web', ready);
}, 30_000);
afterAll(async () => {
  kubectl?.remove();
  await world?.stop();
});

interface Case {
  readonly args: readonly string[];
  readonly input?: string;
  readonly exitCode?: number;
  /** Each must be found in what kubectl says on either stream. */
  readonly says: readonly (RegExp | string)[];
}

const NETPOL = stringify({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'np', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'app' } }, egress: [{ to: [{ podSelector: {} }] }] },
});
const IN_SHOP = ['-n', 'shop'];

/** In order: later ones build on earlier ones. */
const CASES: readonly Case[] = [
  { args: ['version'], says: ['Server Version: v1.36.2'] },
  { args: ['cluster-info'], says: ['Kubernetes control plane'] },
  { args: ['api-resources'], says: [/endpointslices\s+discovery\.k8s\.io\/v1\s+true\s+EndpointSlice/] },
  {
    args: ['get', 'pods', ...IN_SHOP],
    says: [/^app\s+1\/1\s+Running\s+0\s+\d+s/m, /NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE/],
  },
  { args: ['get', 'pods', ...IN_SHOP, '-o', 'wide'], says: [/10\.244\.0\.7\s+node-1/] },
  { args: ['get', 'pod', 'app', ...IN_SHOP, '-o', 'yaml'], says: ['containerPort: 8080', 'kind: Pod'] },
  { args: ['get', 'svc', ...IN_SHOP], says: [/web\s+ClusterIP\s+10\.96\.\d+\.\d+\s+<none>\s+80\/TCP/] },
  { args: ['get', 'endpointslices', ...IN_SHOP], says: [/web-\w{5}\s+IPv4\s+8080\s+10\.244\.0\.7/] },
  { args: ['get', 'nodes'], says: [/node-1\s+Ready\s+<none>\s+\d+s\s+v1\.36\.2/] },
  { args: ['get', 'pods', '-A', '-l', 'app in (app,x),!gone', '-o', 'name'], says: ['pod/app'] },
  { args: ['get', 'pods', '-A', '--field-selector', 'spec.nodeName=nowhere'], says: ['No resources found'] },
  {
    args: ['get', 'pod', 'nope', ...IN_SHOP],
    exitCode: 1,
    says: ['Error from server (NotFound): pods "nope" not found'],
  },
  { args: ['apply', '-f', '-'], input: NETPOL, says: ['networkpolicy.networking.k8s.io/np created'] },
  { args: ['apply', '-f', '-'], input: NETPOL, says: ['networkpolicy.networking.k8s.io/np unchanged'] },
  { args: ['apply', '--dry-run=server', '-f', '-'], input: NETPOL, says: ['np unchanged (server dry run)'] },
  { args: ['apply', '--server-side', '-f', '-'], input: NETPOL, says: ['np serverside-applied'] },
  {
    args: ['describe', 'netpol', 'np', ...IN_SHOP],
    says: [/PodSelector:\s+app=app/, /Policy Types: Ingress, Egress/],
  },
  {
    args: ['describe', 'pod', 'app', ...IN_SHOP],
    says: [/IP:\s+10\.244\.0\.7/, 'Successfully assigned shop/app to node-1'],
  },
  { args: ['label', 'pod', 'app', 'tier=front', ...IN_SHOP], says: ['pod/app labeled'] },
  { args: ['annotate', 'pod', 'app', 'note=x', ...IN_SHOP], says: ['pod/app annotated'] },
  {
    args: [
      'patch',
      'svc',
      'web',
      ...IN_SHOP,
      '--type=json',
      '-p',
      '[{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]',
    ],
    says: ['service/web patched'],
  },
  { args: ['logs', 'app', ...IN_SHOP, '--tail=2'], says: [/^two\nthree\n$/] },
  { args: ['logs', '-f', 'app', ...IN_SHOP, '-c', 'app', '--since=1h'], says: [/^one\ntwo\nthree\n$/] },
  {
    args: ['exec', 'app', ...IN_SHOP, '--', 'sh', '-c', 'exit 3'],
    exitCode: 3,
    says: ['out\n', 'command terminated with exit code 3'],
  },
  { args: ['exec', '-i', 'app', ...IN_SHOP, '--', 'cat'], input: 'typed', says: [/^typed$/] },
  {
    args: ['debug', 'app', ...IN_SHOP, '--image=x', '-c', 'dbg', '--profile=general', '--', 'true'],
    says: [''],
  },
  {
    args: ['get', 'pod', 'app', ...IN_SHOP, '-o', 'jsonpath={.spec.ephemeralContainers[*].name}'],
    says: [/^dbg$/],
  },
  { args: ['auth', 'can-i', 'list', 'pods', ...IN_SHOP, '--as', 'dev'], exitCode: 1, says: ['no'] },
  {
    args: ['create', 'role', 'r', '--verb=get,list', '--resource=pods', ...IN_SHOP],
    says: ['role.rbac.authorization.k8s.io/r created'],
  },
  {
    args: ['create', 'rolebinding', 'b', '--role=r', '--user=dev', '--group=team', ...IN_SHOP],
    says: ['rolebinding.rbac.authorization.k8s.io/b created'],
  },
  { args: ['auth', 'can-i', 'list', 'pods', ...IN_SHOP, '--as', 'dev'], says: ['yes'] },
  {
    args: ['auth', 'can-i', 'patch', 'pods', '--subresource=ephemeralcontainers', ...IN_SHOP, '--as', 'dev'],
    exitCode: 1,
    says: ['no'],
  },
  {
    args: ['auth', 'can-i', '--list', ...IN_SHOP, '--as', 'dev'],
    says: [/pods\s+\[\]\s+\[\]\s+\[get list\]/],
  },
  { args: ['get', 'pods', ...IN_SHOP, '--as', 'someone', '--as-group', 'team'], says: [/app\s+1\/1/] },
  {
    args: ['get', 'svc', ...IN_SHOP, '--as', 'dev'],
    exitCode: 1,
    says: ['User "dev" cannot list resource "services" in API group "" in the namespace "shop"'],
  },
  {
    args: ['create', 'deployment', 'web', '--image=docker.io/lab/web:1', '--replicas=2', ...IN_SHOP],
    says: ['deployment.apps/web created'],
  },
  {
    args: ['rollout', 'status', 'deployment/web', ...IN_SHOP, '--timeout=20s'],
    says: ['successfully rolled out'],
  },
  { args: ['scale', 'deployment/web', '--replicas=1', ...IN_SHOP], says: ['deployment.apps/web scaled'] },
  {
    args: ['wait', '--for=jsonpath={.status.replicas}=1', 'deployment/web', ...IN_SHOP, '--timeout=20s'],
    says: ['condition met'],
  },
  {
    args: ['get', 'events', ...IN_SHOP, '--field-selector', 'involvedObject.name=app'],
    says: [/Normal\s+Scheduled\s+pod\/app\s+Successfully assigned/],
  },
  { args: ['delete', 'pod', 'app', ...IN_SHOP], says: ['pod "app" deleted'] },
  { args: ['delete', 'namespace', 'shop', '--timeout=20s'], says: ['namespace "shop" deleted'] },
  { args: ['get', 'pods', ...IN_SHOP], says: ['No resources found'] },
];

const check = (result: KubectlResult, { exitCode = 0, says }: Case): void => {
  const said = result.stdout + result.stderr;
  for (const words of says) {
    if (typeof words === 'string') expect(said).toContain(words);
    else
      expect(words.source.startsWith('^') && words.source.endsWith('$') ? result.stdout : said).toMatch(
        words,
      );
  }
  expect(result.exitCode).toBe(exitCode);
};

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

describe(`the requests that kubectl makes${KUBECTL === undefined ? ' (kubectl itself is not on PATH)' : ''}`, () => {
  test('discovery, aggregated', async () => {
    const { body, headers } = await world.client.send({ path: '/apis', headers: { Accept: DISCOVERY } });
    expect(headers['content-type']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const group = body.items.find((one: Loose) => one.metadata.name === 'discovery.k8s.io');
    expect(group.versions[0].resources[0].responseKind.kind).toBe('EndpointSlice');
  });

  test('a list as a table', async () => {
    const { body } = await world.client.send({
      path: '/api/v1/namespaces/shop/pods',
      headers: { Accept: TABLE },
    });
    expect(body.kind).toBe('Table');
    expect(body.columnDefinitions.map((one: Loose) => one.name).slice(0, 5)).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
    ]);
    expect(body.rows[0].cells.slice(0, 3)).toEqual(['app', '1/1', 'Running']);
    expect(body.rows[0].object.kind).toBe('PartialObjectMetadata');
  });

  test('server-side apply creates what is not there, and merges what is', async () => {
    const path = '/api/v1/namespaces/shop/configmaps/applied?fieldManager=kubectl&fieldValidation=Strict';
    const headers = { 'Content-Type': 'application/apply-patch+yaml' };
    const metadata = { name: 'applied', namespace: 'shop' };
    const apply = (data: Loose) =>
      world.client.send({
        method: 'PATCH',
        path,
        headers,
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
      });
    expect((await apply({ a: '1' })).status).toBe(201);
    const again = await apply({ b: '2' });
    expect([again.status, again.body.data]).toEqual([200, { a: '1', b: '2' }]);
  });

  test('OpenAPI says that patches take dryRun and fieldValidation', async () => {
    const { body } = await world.client.send({ path: '/openapi/v3/apis/apps/v1' });
    const { patch } = body.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
    expect(patch.parameters.map((one: Loose) => one.name)).toEqual(
      expect.arrayContaining(['dryRun', 'fieldValidation']),
    );
  });

  test('attach to a container that is not there', async () => {
    const answer = await world.client.send({
      path: '/api/v1/namespaces/shop/pods/app/attach?container=nope',
      headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    });
    expect(answer.body.message).toBe('container nope is not valid for pod app');
  });
});

if (KUBECTL !== undefined) {
  describe('the real kubectl', () => {
    test.each(CASES.map((row, index) => [`${index + 1}. ${row.args.join(' ')}`, row] as const))(
      '%s',
      async (_title, row) => check(await kubectl.run(row.args, row.input), row),
      40_000,
    );
  });
}
