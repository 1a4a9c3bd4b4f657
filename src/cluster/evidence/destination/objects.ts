/** Of a Service, a pod or an Ingress that was named. */
import { firstBackend } from '../../../destination/ingress.ts';
import { UserError } from '../../../errors.ts';
import type { Destination } from '../../../model/destination.ts';
import type { Known } from '../../../model/evidence.ts';
import { ingressSchema, type Pod, podSchema } from '../../../model/kubernetes.ts';
import type { DestinationRef } from '../../../model/options.ts';
import type { Client } from '../../client.ts';
import { RESOURCES } from '../../paths.ts';
import { get } from '../ask.ts';
import { type Located, NO_DESTINATION, readService } from './located.ts';

type ObjectRef = Extract<DestinationRef, { name: string }>;

const onePod = (pod: Known<Pod>): Known<Pod[]> =>
  pod.state === 'known' ? { state: 'known', value: [pod.value] } : pod;

export const locateService = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const namespace = ref.namespace ?? ownNamespace;
  return {
    destination: {
      requested,
      kind: 'service',
      namespace,
      name: ref.name,
      // As an app in this pod would write it.
      host: namespace === ownNamespace ? ref.name : `${ref.name}.${namespace}`,
      ...(ref.port === undefined ? {} : { port: ref.port }),
    },
    evidence: await readService(client, namespace, ref.name),
  };
};

const absent = (what: string, namespace: string, kind: string): UserError =>
  new UserError({
    code: 'destination-not-found',
    message: `--to: ${what} does not exist in namespace ${namespace}`,
    next: [`kubectl -n ${namespace} get ${kind}`],
  });

export const locatePod = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const read = (namespace: string, name: string) => get(client, RESOURCES.pods, namespace, name, podSchema);
  // A pod's name may hold dots, as those of static pods do; `pod/web-0.shop` names another namespace where there is no such pod.
  const dot = ref.name.lastIndexOf('.');
  const [whole, elsewhere] = await Promise.all([
    read(ownNamespace, ref.name),
    dot === -1 ? undefined : read(ref.name.slice(dot + 1), ref.name.slice(0, dot)),
  ]);
  const other = whole.state !== 'known' && elsewhere?.state === 'known';
  const pod = other ? elsewhere : whole;
  if (pod.state === 'absent') throw absent(`pod/${ref.name}`, ownNamespace, 'pods');
  const destination: Destination = {
    requested,
    kind: 'pod',
    namespace: other ? ref.name.slice(dot + 1) : ownNamespace,
    name: other ? ref.name.slice(0, dot) : ref.name,
    ...(ref.port === undefined ? {} : { port: ref.port }),
  };
  return { destination, evidence: { ...NO_DESTINATION, destinationPods: onePod(pod) } };
};

export const locateIngress = async (
  client: Client,
  requested: string,
  ref: ObjectRef,
  ownNamespace: string,
): Promise<Located> => {
  const found = await get(client, RESOURCES.ingresses, ownNamespace, ref.name, ingressSchema);
  if (found.state === 'absent') throw absent(`ingress/${ref.name}`, ownNamespace, 'ingresses');
  const destination: Destination = { requested, kind: 'ingress', namespace: ownNamespace, name: ref.name };
  const evidence = { ...NO_DESTINATION, destinationIngress: found };
  const backend = found.state === 'known' ? firstBackend(found.value) : undefined;
  if (found.state !== 'known' || backend === undefined) return { destination, evidence };
  const { host, path, service } = backend;
  const front = found.value.status?.loadBalancer?.ingress?.[0];
  const name = host?.replace(/^\*\./, 'www.') ?? front?.hostname ?? front?.ip;
  const secure =
    host !== undefined && found.value.spec.tls?.some(({ hosts }) => hosts?.includes(host) === true);
  return {
    destination: {
      ...destination,
      ...(host === undefined || host.startsWith('*') ? {} : { host }),
      ...(name === undefined
        ? {}
        : {
            url: `${secure === true ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}${path}`,
          }),
    },
    evidence: {
      ...evidence,
      ...(await readService(client, ownNamespace, service.name)),
      destinationIngress: found,
    },
  };
};
