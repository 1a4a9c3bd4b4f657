/**
 * What a scenario can set with annotations; README.md holds the table. Faults that a real cluster could show in its objects
 * (a bad Corefile, a wrong selector) are made in the objects; these are for what only the machinery decides.
 */
import { milliseconds } from '../apps/flags.ts';
import { BUSY_POD, type KubeletTiming, type KubeObject, QUIET_POD } from '../contract.ts';

const PREFIX = 'sandbox.netcheck/';

const annotation = (object: KubeObject | undefined, name: string): string | undefined =>
  object?.metadata.annotations?.[`${PREFIX}${name}`];

export interface PodSettings {
  /** Undefined: quiet, and busy for a container that follows another within a second. */
  readonly timing: KubeletTiming | undefined;
  /** net.ipv4.ping_group_range is open, as containerd >= 2 sets it. */
  readonly pingOpen: boolean;
  readonly mtu: number;
  /** Message with which every attempt to make the pod's sandbox fails. */
  readonly sandboxError: string | undefined;
  /** Ephemeral containers are killed as out of memory after so many milliseconds. */
  readonly killEphemeralAfterMs: number | undefined;
  /** The kubelet of the node has stopped: what is asked of it from now on is not done, and status stays as it is. */
  readonly kubeletStopped: boolean;
  /** Reason in `terminated` of an app container that ends with an error. */
  readonly endReason: string | undefined;
}

/** The order of a quiet pod, without its waits: for tests of the order. */
const QUICK_POD: KubeletTiming = { acceptMs: 20, startMs: 110, endMs: 50, failureStatusMs: 600 };
const TIMINGS: Readonly<Record<string, KubeletTiming>> = {
  quiet: QUIET_POD,
  busy: BUSY_POD,
  quick: QUICK_POD,
};

/** The node's annotations are the defaults of its pods. */
export const podSettings = (pod: KubeObject, node: KubeObject | undefined): PodSettings => {
  const kill = annotation(pod, 'kill-ephemeral');
  return {
    timing: TIMINGS[annotation(pod, 'timing') ?? annotation(node, 'timing') ?? ''],
    pingOpen: (annotation(pod, 'ping') ?? annotation(node, 'ping')) !== 'closed',
    mtu: Number(annotation(pod, 'mtu') ?? annotation(node, 'mtu') ?? 1500),
    sandboxError: annotation(pod, 'sandbox-error'),
    killEphemeralAfterMs: kill === undefined ? undefined : milliseconds(kill),
    kubeletStopped: annotation(node, 'kubelet') === 'stopped',
    endReason: annotation(pod, 'end-reason'),
  };
};

export interface ImageSettings {
  /** `ok`, `down`, `unauthorized`, `forbidden`, `limited`, `platform`, `timeout`, `slow=DURATION`: how every registry behaves. */
  readonly registry: string;
  /** Images (`*` stands for anything) that the node does not have. */
  readonly absent: readonly string[];
}

export const imageSettings = (node: KubeObject | undefined): ImageSettings => ({
  registry: annotation(node, 'registry') ?? 'ok',
  absent: (annotation(node, 'absent-images') ?? '').split(',').filter((pattern) => pattern !== ''),
});

/** kube-proxy has stopped following the API server. */
export const isProxyStuck = (node: KubeObject | undefined): boolean =>
  annotation(node, 'kube-proxy') === 'stuck';
/** kube-proxy has never been told of this Service. */
export const isIgnoredByProxy = (service: KubeObject): boolean =>
  annotation(service, 'kube-proxy') === 'ignore';
/** Fault of the DNS servers themselves, on the ConfigMap kube-system/coredns (apps/coredns.ts names the modes). */
export const dnsMode = (configMap: KubeObject | undefined): string => annotation(configMap, 'dns') ?? 'ok';
