/** The state in which the transcripts were recorded, made again through the double's own API and controllers. */
import { type ApiServer, createStore, startApi } from '../sandbox/api/index.ts';
import type { Loose } from '../sandbox/api/json.ts';
import type { KubeObject, Store } from '../sandbox/contract.ts';
import { type Controllers, startControllers } from '../sandbox/controllers/index.ts';
import { type Client, createClient, eventually } from './client.ts';
import { createFakeKubelet, type FakeKubelet } from './fake-kubelet.ts';
import { recorded } from './recordings.ts';

export interface World {
  readonly store: Store;
  readonly api: ApiServer;
  readonly kubelet: FakeKubelet;
  readonly client: Client;
  readonly controllers: Controllers;
  stop(): Promise<void>;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A double with controllers and a fake node, holding what a new cluster holds. */
export const startWorld = async (): Promise<World> => {
  const store = createStore();
  const kubelet = createFakeKubelet(store);
  const api = await startApi({ store, kubelet });
  const controllers = startControllers(store, api.caPem);
  const client = createClient(api);
  return {
    store,
    api,
    kubelet,
    client,
    controllers,
    stop: async () => {
      client.close();
      controllers.stop();
      await api.stop();
    },
  };
};

/** POSTs it; throws what the double says when it refuses. */
export const post = async ({ client }: World, path: string, object: Loose): Promise<Loose> => {
  const answer = await client.send({ method: 'POST', path, body: object });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
  return answer.body;
};

export const createNamespace = (world: World, name: string, labels: Loose = {}): Promise<Loose> =>
  post(world, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

/** What `kubectl apply` sent when the object was made: its last-applied configuration, with itself as annotation. */
const asApplied = ({ metadata }: Loose): Loose => {
  const text: string = metadata.annotations[LAST_APPLIED];
  const object = JSON.parse(text);
  object.metadata.annotations = { ...object.metadata.annotations, [LAST_APPLIED]: text };
  return object;
};

/** Exchanges whose answers show each pod as it was before anything was asked of it. */
const PODS: readonly string[] = [
  'get-pod',
  'inject-completed-pod',
  'inject-pending-pod',
  'inject-hostnetwork',
  'inject-psa-restricted-ok',
  'inject-nonroot-image-root',
];

const service = (name: string, selector: Loose): Loose => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
});

const DEV_ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'pod-reader' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
};
const DEV_BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'dev' },
  roleRef: { kind: 'Role', name: 'pod-reader' },
  subjects: [{ kind: 'User', name: 'dev' }],
};

/** Two ready pods behind Service shop/web, at the recorded addresses. */
const makeShop = async (world: World): Promise<void> => {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'docker.io/lab/web:1' }] },
  };
  const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, template };
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
  await post(world, '/apis/apps/v1/namespaces/shop/deployments', deployment);
  await post(world, '/api/v1/namespaces/shop/services', service('web', { app: 'web' }));
  await post(world, '/api/v1/namespaces/shop/services', service('wrong-selector', { app: 'nobody' }));
  const { store, kubelet } = world;
  const bound = () => store.list('pods', 'shop').filter((pod) => pod.spec.nodeName);
  await eventually('the pods of shop/web', () => bound().length === 2);
  const slice = recorded('list-endpointslices').response.body.items[0];
  bound().forEach((pod, index) => {
    kubelet.play('shop', pod.metadata.name, {
      ...pod.status,
      phase: 'Running',
      podIP: slice.endpoints[index].addresses[0],
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  });
  const ready = (item: KubeObject) =>
    item.endpoints?.filter((one: Loose) => one.conditions.ready).length === 2;
  await eventually('the endpoints of shop/web', () => store.list('endpointslices', 'shop').some(ready));
};

/** The state before the first exchange. */
export const startRecordedWorld = async (): Promise<World> => {
  const world = await startWorld();
  const { store, kubelet } = world;
  const { metadata, ...node } = recorded('get-nodes').response.body.items[0];
  const { name, labels, annotations } = metadata;
  store.create('nodes', { ...node, apiVersion: 'v1', kind: 'Node', metadata: { name, labels, annotations } });
  await createNamespace(world, 'tr');
  await createNamespace(world, 'tr-restricted', { 'pod-security.kubernetes.io/enforce': 'restricted' });
  await createNamespace(world, 'shop');
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/tr';
  await post(world, `${rbac}/roles`, DEV_ROLE);
  await post(world, `${rbac}/rolebindings`, DEV_BINDING);
  await post(world, '/api/v1/namespaces/kube-system/services', asApplied(recorded('get-svc').response.body));
  for (const exchange of PODS) {
    const pod = recorded(exchange).response.body;
    const { namespace } = pod.metadata;
    await post(world, `/api/v1/namespaces/${namespace}/pods`, asApplied(pod));
    const found = () => store.get('pods', namespace, pod.metadata.name);
    await eventually(
      `${namespace}/${pod.metadata.name} is judged by the scheduler`,
      () => found()?.status.conditions,
    );
    // What is not on a node has no kubelet: its status is the double's own.
    if (pod.spec.nodeName) kubelet.play(namespace, pod.metadata.name, pod.status);
  }
  await makeShop(world);
  return world;
};
