/** The ports of a pod's containers: what they declare, and what their readiness probes ask. */
import { type Protocol, podPort, protocolOf, runningContainers } from '../../../destination/ports.ts';
import type { Pod } from '../../../model/kubernetes.ts';

export interface OtherPort {
  readonly number: number;
  readonly protocol: Protocol;
  readonly name: string | undefined;
  /** A container lists it. Otherwise it may as well be a port for health checks alone. */
  readonly declared: boolean;
  /** It was seen to listen there, by the kubelet's readiness probe or in the pod itself; else its containers only say so. */
  readonly seenBy: 'kubelet' | 'listeners' | undefined;
}

export const declaredBy = (pod: Pod): readonly OtherPort[] =>
  runningContainers(pod)
    .flatMap(({ ports = [] }) => ports)
    .map(({ containerPort, protocol, name }) => ({
      number: containerPort,
      protocol: protocolOf(protocol),
      name,
      declared: true,
      seenBy: undefined,
    }));

/** Ports that readiness probes ask; where the pod is ready they get an answer. */
export const probedBy = (pod: Pod): readonly number[] =>
  runningContainers(pod).flatMap(({ readinessProbe: probe }) => {
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
    return port === undefined ? [] : (podPort(pod, port) ?? []);
  });

export const isRunning = ({ status }: Pod): boolean =>
  status.phase === 'Running' &&
  (status.containerStatuses ?? []).every(({ state }) => state?.running !== undefined);

/** `8080/TCP (http)` */
export const portText = ({
  number,
  protocol,
  name,
}: Pick<OtherPort, 'number' | 'protocol' | 'name'>): string =>
  `${number}${protocol === 'TCP' ? '' : `/${protocol}`}${name === undefined || name === '' ? '' : ` (${name})`}`;
