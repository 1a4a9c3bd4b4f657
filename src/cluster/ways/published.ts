/** Services that would send traffic to a look-alike although it is never ready. */
import { type Pod, serviceSchema } from '../../model/kubernetes.ts';
import type { Client } from '../client.ts';
import { items, list } from '../evidence/ask.ts';
import { RESOURCES } from '../paths.ts';

const selects = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) =>
  Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Why a pod with these labels would be sent traffic, or may be; undefined: it would not. */
export const publishedBy = async (
  client: Client,
  namespace: string,
  pod: Pod,
): Promise<string | undefined> => {
  const services = await list(client, RESOURCES.services, namespace, items(serviceSchema));
  if (services.state === 'forbidden')
    return `not permitted to ${services.right.verb} ${services.right.resource} here: a Service that publishes pods before they are ready would send the look-alike traffic`;
  if (services.state !== 'known') return 'the Services of the namespace could not be read';
  const found = services.value.find(
    ({ spec }) =>
      spec.publishNotReadyAddresses === true && selects(spec.selector ?? {}, pod.metadata.labels ?? {}),
  );
  return found === undefined
    ? undefined
    : `svc/${found.metadata.name} publishes pods before they are ready, and selects the labels of this pod: it would send the look-alike traffic`;
};
