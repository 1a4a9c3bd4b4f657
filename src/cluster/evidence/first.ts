/** The first look: what the plan is made from, and what decides whether there is anything to enter. */
import type { Target } from '../../model/case.ts';
import type { Evidence, Known } from '../../model/evidence.ts';
import { configMapSchema, podSchema, type Service, serviceSchema } from '../../model/kubernetes.ts';
import type { Client } from '../client.ts';
import { RESOURCES } from '../paths.ts';
import { get, items, list } from './ask.ts';

export type FirstEvidence = Pick<Evidence, 'pod' | 'apiService' | 'dnsService' | 'corefile'>;

export const gatherFirst = async (client: Client, target: Target): Promise<FirstEvidence> => {
  const [pod, apiService, dnsService, corefile] = await Promise.all([
    get(client, RESOURCES.pods, target.namespace, target.pod, podSchema),
    get(client, RESOURCES.services, 'default', 'kubernetes', serviceSchema),
    findDnsService(client),
    get(client, RESOURCES.configmaps, 'kube-system', 'coredns', configMapSchema),
  ]);
  return { pod, apiService, dnsService, corefile };
};

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
