/** Small objects and requests that several tests use. */
import type { Loose } from '../sandbox/api/json.ts';
import type { Answer } from './client.ts';
import type { World } from './world.ts';

export const MAPS = '/api/v1/namespaces/shop/configmaps';
export const PODS = '/api/v1/namespaces/shop/pods';

export const configMap = (name: string, labels: Loose = {}): Loose => ({
  metadata: { name, labels },
  data: { a: '1' },
});

export const pod = (name: string, spec: Loose = {}): Loose => ({
  metadata: { name },
  spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'docker.io/lab/web:1' }], ...spec },
});

/** `type` without its `application/` and `+json`. */
export const patch = ({ client }: World, path: string, type: string, body: Loose): Promise<Answer> =>
  client.send({ method: 'PATCH', path, headers: { 'Content-Type': `application/${type}+json` }, body });

export const inject = (world: World, name: string, container: Loose): Promise<Answer> =>
  patch(world, `${PODS}/${name}/ephemeralcontainers`, 'strategic-merge-patch', {
    spec: { ephemeralContainers: [container] },
  });
