/** Pod sandboxes: a network namespace and the files that all containers of a pod share. */
import type { KubeObject } from '../contract.ts';
import { macOf, ofEach, PLACES, type Plans, placeOf } from './addresses.ts';
import type { NodeLink } from './link.ts';
import { podFiles } from './pod-files.ts';
import type { PodSettings } from './settings.ts';

export interface Sandbox {
  /** Undefined: the node's own namespace. */
  readonly namespace: string | undefined;
  /** One of each family, the cluster's first family first. */
  readonly addresses: readonly [string, ...string[]];
  /** Inside the node. */
  readonly folder: string;
}

export interface Sandboxes {
  readonly up: (pod: KubeObject, settings: PodSettings) => Promise<Sandbox>;
  readonly down: (sandbox: Sandbox) => Promise<void>;
}

export const createSandboxes = (
  node: NodeLink,
  scripts: string,
  nodeIsRoot: boolean,
  plans: Plans,
): Sandboxes => {
  const used = new Set<number>();
  /** By network namespace. */
  const places = new Map<string, number>();
  let sandboxes = 0;

  const takePlace = () => {
    for (let tries = 0; tries < PLACES; tries += 1) {
      sandboxes += 1;
      const place = placeOf(sandboxes);
      if (used.has(place)) continue;
      used.add(place);
      return place;
    }
    throw new Error('no free pod address');
  };

  const onNode = async (pod: KubeObject): Promise<Sandbox> => {
    sandboxes += 1;
    const folder = `/run/sandbox/pod-${sandboxes}`;
    const addresses = ofEach(plans, (plan) => plan.node);
    await node.must([`${scripts}/pod-files.sh`, folder, ...podFiles(pod, plans, addresses)]);
    return { namespace: undefined, addresses, folder };
  };

  const onBridge = async (pod: KubeObject, settings: PodSettings): Promise<Sandbox> => {
    const place = takePlace();
    const addresses = ofEach(plans, (plan) => plan.pod(place));
    const namespace = `pod-${sandboxes}`;
    const folder = `/run/sandbox/${namespace}`;
    places.set(namespace, place);
    // Unprivileged, one group only is mapped, and the kernel takes no range beyond it.
    const open = nodeIsRoot ? '0 2147483647' : '0 0';
    const network = [
      `${scripts}/pod-up.sh`,
      namespace,
      `veth${sandboxes}`,
      macOf(place),
      String(settings.mtu),
      settings.pingOpen ? open : '1 0',
      ...plans.flatMap((plan) => [plan.pod(place), String(plan.podPrefix), plan.podRange, plan.podGateway]),
    ];
    await Promise.all([
      node.must([`${scripts}/pod-files.sh`, folder, ...podFiles(pod, plans, addresses)]),
      node.must(network),
    ]);
    return { namespace, addresses, folder };
  };

  return {
    up: (pod, settings) => (pod.spec.hostNetwork === true ? onNode(pod) : onBridge(pod, settings)),
    down: async ({ namespace, folder }) => {
      const { exitCode } = await node.run([
        'sh',
        '-c',
        '[ -z "$2" ] || { ip -n "$2" link del eth0 2>/dev/null; ip netns del "$2"; }; rm -rf "$1"',
        'down',
        folder,
        namespace ?? '',
      ]);
      if (namespace === undefined || exitCode !== 0) return;
      const place = places.get(namespace);
      places.delete(namespace);
      if (place !== undefined) used.delete(place);
    },
  };
};
