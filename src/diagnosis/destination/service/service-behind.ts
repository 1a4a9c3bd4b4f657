/** The Service that the destination is, or that its Ingress leads to, with what the API tells of what stands behind it. */
import { destinationEndpoints, type Endpoint, hostnameAsked } from '../../../destination/endpoints.ts';
import type { InternetMode } from '../../../model/case.ts';
import type { Destination } from '../../../model/destination.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Pod, Service } from '../../../model/kubernetes.ts';
import { clusterIPs } from '../../endpoints.ts';
import { httpTo } from '../../http.ts';
import { connectTo, type ReachSeen } from '../../reach.ts';

export const BEHIND_EVIDENCE = [
  'destinationService',
  'destinationEndpointSlices',
  'destinationPods',
] as const;
export type BehindEvidence = Pick<Evidence, (typeof BEHIND_EVIDENCE)[number]>;
/** What connections to the destination are read off. */
export const BEHIND_PROBES = ['tcp-connect', 'http-get', 'udp-exchange', 'dns-query'] as const;

export interface ServiceBehind {
  readonly service: Service;
  readonly name: string;
  readonly namespace: string;
  /** `svc/web.shop` */
  readonly text: string;
  readonly headless: boolean;
  readonly selects: boolean;
  /** undefined: they could not be read. */
  readonly endpoints: readonly Endpoint[] | undefined;
  readonly ready: readonly Endpoint[] | undefined;
  /** One pod of it was asked for, by its name below the Service's. */
  readonly hostname: string | undefined;
  /** Those that it selects, or the one that was asked for, without what has ended for good; undefined: they could not be read, or it selects none by design. */
  readonly pods: readonly Pod[] | undefined;
}

/** An evicted pod stays, Failed, beside the one that took its place. */
export const isAlive = ({ status: { phase } }: Pod): boolean => phase !== 'Succeeded' && phase !== 'Failed';

/** undefined where no Service is known to stand in between. An ExternalName has nothing behind it. */
export const serviceBehind = (
  destination: Destination | undefined,
  evidence: BehindEvidence,
): ServiceBehind | undefined => {
  const { destinationService: service, destinationPods: pods } = evidence;
  if (destination?.kind !== 'service' && destination?.kind !== 'ingress') return undefined;
  if (service.state !== 'known' || service.value.spec.type === 'ExternalName') return undefined;
  const { metadata, spec } = service.value;
  const namespace = metadata.namespace ?? destination.namespace ?? 'default';
  const endpoints = destinationEndpoints(destination, evidence);
  const hostname = hostnameAsked(destination);
  const isMeant = (pod: Pod): boolean => hostname === undefined || pod.metadata.name === hostname;
  return {
    service: service.value,
    name: metadata.name,
    namespace,
    text: `svc/${metadata.name}.${namespace}`,
    headless: clusterIPs(service.value).length === 0,
    selects: Object.keys(spec.selector ?? {}).length > 0,
    endpoints,
    ready: endpoints?.filter(({ ready }) => ready),
    hostname,
    pods: pods.state === 'known' ? pods.value.filter(isAlive).filter(isMeant) : undefined,
  };
};

export type Front = 'works' | 'fails' | 'unknown';

/** Whether what was asked is reached and served. A connection alone proves little where an Ingress or a sidecar answers it. */
export const frontOf = (seen: ReachSeen, mode: InternetMode | undefined): Front => {
  const { state } = connectTo(seen, 'destination');
  if (state === 'failed' || httpTo(seen, 'destination', mode).state === 'failed') return 'fails';
  return state === 'ok' ? 'works' : 'unknown';
};
