/** What a pod is asked that stands in for another: not what only the other could tell, but whether that one answers. Pure. */
import type { Pod } from '../model/kubernetes.ts';
import type { Ask } from '../model/probe.ts';
import type { Planned } from './planned.ts';

/** Of a pod with many ports: enough to see whether it is there. */
const MOST_PORTS = 3;

/** Of a pod that declares none: hardly anything listens there, and a refusal says as well that the pod is there. */
const CLOSED_PORT = 1;

const tcpPorts = (pod: Pod): readonly number[] => [
  ...new Set(
    pod.spec.containers
      .flatMap(({ ports = [] }) => ports)
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .map(({ containerPort }) => containerPort),
  ),
];

const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);

const connect = (host: string, port: number): Planned => ({
  id: `tcp-connect/original/${port}`,
  probe: 'tcp-connect',
  purpose: 'original',
  question: { host, port },
});

/**
 * The pod that is meant, from beside it: echo, its declared ports, and each of them asked as an HTTP proxy is (`curl -x`), which a
 * server and a proxy both answer.
 */
export const towardsOriginal = (pod: Pod): readonly Planned[] => {
  const { podIP } = pod.status;
  // In the node's network the look-alike has the very address of the pod.
  if (podIP === undefined || pod.spec.hostNetwork === true) return [];
  const ports = tcpPorts(pod).slice(0, MOST_PORTS);
  return [
    { id: 'icmp-echo/original', probe: 'icmp-echo', purpose: 'original', question: { host: podIP } },
    ...(ports.length > 0 ? [] : [connect(podIP, CLOSED_PORT)]),
    ...ports.flatMap((port): readonly Planned[] => {
      const url = `http://${inUrl(podIP)}:${port}/`;
      return [
        connect(podIP, port),
        {
          id: `http-get/original/${port}`,
          probe: 'http-get',
          purpose: 'original',
          question: { url, proxy: url.slice(0, -1) },
        },
      ];
    }),
  ];
};

/** The plan for a look-alike of this pod. What listens in it says nothing of the other; in the node's network both see the same. */
export const lookAlikePlan = (asks: readonly Ask[], pod: Pod): readonly Ask[] => [
  ...asks.filter(({ purpose }) => purpose !== 'listeners' || pod.spec.hostNetwork === true),
  ...towardsOriginal(pod),
];
