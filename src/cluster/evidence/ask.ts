/** Asks the API server for one thing, or a list, each with its own "known" or "why not". */
import * as z from 'zod/mini';
import type { Known } from '../../model/evidence.ts';
import { endpointSliceSchema, namespaceSchema, type Service } from '../../model/kubernetes.ts';
import { type Client, know } from '../client.ts';
import { pathOf, RESOURCES, type Resource, rightTo } from '../paths.ts';
import { podListSchema, selectorQuery } from '../target.ts';

export const items = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.object({ items: z.array(item) }),
    z.transform((list) => list.items),
  );

export const get = <T>(
  client: Client,
  resource: Resource,
  namespace: string | undefined,
  name: string,
  schema: z.ZodMiniType<T>,
): Promise<Known<T>> =>
  know(client, pathOf(resource, namespace, name), {}, schema, rightTo('get', resource, namespace));

/** `namespace` undefined: in all. */
export const list = <T>(
  client: Client,
  resource: Resource,
  namespace: string | undefined,
  schema: z.ZodMiniType<T>,
  query: Readonly<Record<string, string>> = {},
): Promise<Known<T>> =>
  know(client, pathOf(resource, namespace), query, schema, rightTo('list', resource, namespace));

export const NOT_ASKED: Known<never> = { state: 'not-asked' };

export const podList = z.pipe(
  podListSchema,
  z.transform((pods) => pods.items),
);

export const slicesOf = (client: Client, service: { readonly namespace: string; readonly name: string }) =>
  list(client, RESOURCES.endpointslices, service.namespace, items(endpointSliceSchema), {
    labelSelector: `kubernetes.io/service-name=${service.name}`,
  });

export const namespaceOf = (service: Service): string => service.metadata.namespace ?? 'default';

/** The pods that a Service selects; not asked where it selects none by design. */
export const podsOf = async (client: Client, service: Service) => {
  const labelSelector = selectorQuery('service', service.spec.selector);
  if (labelSelector === undefined) return NOT_ASKED;
  return list(client, RESOURCES.pods, namespaceOf(service), podList, { labelSelector });
};

export const readNamespace = (client: Client, name: string | undefined) =>
  name === undefined ? NOT_ASKED : get(client, RESOURCES.namespaces, undefined, name, namespaceSchema);
