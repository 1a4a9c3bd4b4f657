/** Which pods stand behind a Service, and at which ports: the common ground of EndpointSlices and Endpoints. */
import { copy, type Loose } from '../api/json.ts';
import type { KubeObject, Store } from '../contract.ts';
import { type IpFamily, ipFamilyOf } from '../families.ts';
import { isFinished, isGoing, isReady } from './pods.ts';

export interface Backend {
  readonly pod: KubeObject;
  readonly ip: string;
  /** What EndpointSlices call ready: with publishNotReadyAddresses always. */
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly ports: readonly Loose[];
}

const isTcp = (protocol: string | undefined): string => protocol ?? 'TCP';

/** A target port's number in this pod; undefined when the pod has no port of that name. */
const targetOf = (pod: KubeObject, port: Loose): number | undefined => {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const sidecars = (pod.spec.initContainers ?? []).filter((one: Loose) => one.restartPolicy === 'Always');
  const ports: readonly Loose[] = [...pod.spec.containers, ...sidecars].flatMap((one) => one.ports ?? []);
  return ports.find((one) => one.name === target && isTcp(one.protocol) === isTcp(port.protocol))
    ?.containerPort;
};

const portsOf = (service: KubeObject, pod: KubeObject): readonly Loose[] =>
  (service.spec.ports ?? []).flatMap((port: Loose): Loose[] => {
    const number = targetOf(pod, port);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [copy({ name, protocol, port: number, appProtocol })];
  });

const matches = (selector: Readonly<Record<string, string>>, pod: KubeObject): boolean =>
  Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value);

/** The Service's families, its first first. */
export const familiesOf = (service: KubeObject): readonly [IpFamily, ...IpFamily[]] => {
  const [first = 'IPv4', ...rest]: readonly IpFamily[] = service.spec.ipFamilies ?? [];
  return [first, ...rest];
};

const addressOf = ({ status }: KubeObject, family: IpFamily): string | undefined => {
  const all: readonly { ip: string }[] = status?.podIPs ?? (status?.podIP ? [{ ip: status.podIP }] : []);
  return all.find(({ ip }) => ipFamilyOf(ip) === family)?.ip;
};

/**
 * Pods that have an address of the family, in the order of their names; a Service without selector has none, its slices are
 * the user's.
 */
export const backendsOf = (store: Store, service: KubeObject, family: IpFamily): readonly Backend[] => {
  const { selector, publishNotReadyAddresses } = service.spec;
  if (!selector || service.spec.type === 'ExternalName') return [];
  return store
    .list('pods', service.metadata.namespace)
    .filter((pod) => matches(selector, pod) && !isFinished(pod))
    .flatMap((pod): Backend[] => {
      const ip = addressOf(pod, family);
      if (!ip) return [];
      const serving = isReady(pod);
      const terminating = isGoing(pod);
      const ready = publishNotReadyAddresses === true || (serving && !terminating);
      return [{ pod, ip, ready, serving, terminating, ports: portsOf(service, pod) }];
    });
};

export const targetRef = ({ pod }: Backend): Loose => ({
  kind: 'Pod',
  namespace: pod.metadata.namespace,
  name: pod.metadata.name,
  uid: pod.metadata.uid,
});
