/** Reads what the API server knows, in parallel, each item with its own "known" or "why not". */
import * as z from 'zod/mini';
import type { Target } from '../model/case.ts';
import type { Evidence, Known } from '../model/evidence.ts';
import {
  endpointSliceSchema,
  eventSchema,
  networkPolicySchema,
  nodeSchema,
  type Pod,
  podSchema,
  type Service,
  serviceSchema,
} from '../model/kubernetes.ts';
import { type Client, know } from './client.ts';
import { pathOf, RESOURCES, type Resource, rightTo } from './paths.ts';
import { podListSchema, selectorQuery } from './target.ts';

const items = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.object({ items: z.array(item) }),
    z.transform((list) => list.items),
  );
const podNamesSchema = z.pipe(
  z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) }),
  z.transform((list) => list.items.map((pod) => pod.metadata.name)),
);

const get = <T>(
  client: Client,
  resource: Resource,
  namespace: string | undefined,
  name: string,
  schema: z.ZodMiniType<T>,
) => know(client, pathOf(resource, namespace, name), {}, schema, rightTo('get', resource, namespace));

const list = <T>(
  client: Client,
  resource: Resource,
  namespace: string,
  schema: z.ZodMiniType<T>,
  query: Readonly<Record<string, string>> = {},
) => know(client, pathOf(resource, namespace), query, schema, rightTo('list', resource, namespace));

const NOT_ASKED: Known<never> = { state: 'not-asked' };

/** What the plan is made from, and what decides whether there is anything to enter. */
export type FirstEvidence = Pick<Evidence, 'pod' | 'apiService' | 'dnsService'>;

export const gatherFirst = async (client: Client, target: Target): Promise<FirstEvidence> => {
  const [pod, apiService, dnsService] = await Promise.all([
    get(client, RESOURCES.pods, target.namespace, target.pod, podSchema),
    get(client, RESOURCES.services, 'default', 'kubernetes', serviceSchema),
    findDnsService(client),
  ]);
  return { pod, apiService, dnsService };
};

const slicesOf = (client: Client, service: { readonly namespace: string; readonly name: string }) =>
  list(client, RESOURCES.endpointslices, service.namespace, items(endpointSliceSchema), {
    labelSelector: `kubernetes.io/service-name=${service.name}`,
  });

/** Where distributions keep the Service of cluster DNS. */
const OPENSHIFT_DNS = { namespace: 'openshift-dns', name: 'dns-default' };

const findDnsService = async (client: Client): Promise<Known<Service>> => {
  const found = await list(client, RESOURCES.services, 'kube-system', items(serviceSchema), {
    labelSelector: 'k8s-app=kube-dns',
  });
  if (found.state !== 'known') return found;
  const service = found.value.find(
    (candidate) => candidate.spec.clusterIP !== undefined && candidate.spec.clusterIP !== 'None',
  );
  if (service !== undefined) return { state: 'known', value: service };
  const other = await get(
    client,
    RESOURCES.services,
    OPENSHIFT_DNS.namespace,
    OPENSHIFT_DNS.name,
    serviceSchema,
  );
  // Not permitted to look there says nothing about kube-system, where it is absent.
  return other.state === 'known' ? other : { state: 'absent' };
};

const podsOf = async (client: Client, service: Service): Promise<Known<Pod[]>> => {
  const labelSelector = selectorQuery('service', service.spec.selector);
  if (labelSelector === undefined) return NOT_ASKED;
  return list(
    client,
    RESOURCES.pods,
    namespaceOf(service),
    z.pipe(
      podListSchema,
      z.transform((pods) => pods.items),
    ),
    { labelSelector },
  );
};

const namespaceOf = (service: Service): string => service.metadata.namespace ?? 'default';

/** The rest: nothing here is needed before the probes start, so it is read while the debug container does. */
export const gatherRest = async (client: Client, target: Target, first: FirstEvidence): Promise<Evidence> => {
  const pod = first.pod.state === 'known' ? first.pod.value : undefined;
  const nodeName = pod?.spec.nodeName;
  const dns = async () => {
    const { dnsService } = first;
    if (dnsService.state !== 'known') return { dnsEndpointSlices: NOT_ASKED, dnsPods: NOT_ASKED };
    const { name } = dnsService.value.metadata;
    const [dnsEndpointSlices, dnsPods] = await Promise.all([
      slicesOf(client, { namespace: namespaceOf(dnsService.value), name }),
      podsOf(client, dnsService.value),
    ]);
    return { dnsEndpointSlices, dnsPods };
  };
  const [dnsEvidence, podNames, podEvents, node, apiEndpointSlices, networkPolicies] = await Promise.all([
    dns(),
    first.pod.state === 'absent' ? list(client, RESOURCES.pods, target.namespace, podNamesSchema) : NOT_ASKED,
    pod === undefined
      ? NOT_ASKED
      : list(client, RESOURCES.events, target.namespace, items(eventSchema), {
          fieldSelector: `involvedObject.name=${target.pod}`,
        }),
    nodeName === undefined ? NOT_ASKED : get(client, RESOURCES.nodes, undefined, nodeName, nodeSchema),
    slicesOf(client, { namespace: 'default', name: 'kubernetes' }),
    pod === undefined
      ? NOT_ASKED
      : list(client, RESOURCES.networkpolicies, target.namespace, items(networkPolicySchema)),
  ]);
  return { ...first, ...dnsEvidence, podNames, podEvents, node, apiEndpointSlices, networkPolicies };
};
