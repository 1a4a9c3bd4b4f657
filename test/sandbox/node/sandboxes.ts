/** Pod sandboxes: a network namespace and the files that all containers of a pod share. */
import type { KubeObject } from '../contract.ts';
import { macOf, NODE_ADDRESS, POD_GATEWAY, POD_PREFIX, POD_RANGE, podAddress } from './addresses.ts';
import type { NodeLink } from './link.ts';
import { hostname, hosts, resolvConf } from './pod-files.ts';
import type { PodSettings } from './settings.ts';

export interface Sandbox {
  /** Undefined: the node's own namespace. */
  readonly namespace: string | undefined;
  readonly address: string;
  /** Inside the node. */
  readonly folder: string;
}

export interface Sandboxes {
  readonly up: (pod: KubeObject, settings: PodSettings) => Promise<Sandbox>;
  readonly down: (sandbox: Sandbox) => Promise<void>;
}

export const createSandboxes = (node: NodeLink, scripts: string, nodeIsRoot: boolean): Sandboxes => {
  const used = new Set<string>();
  let sandboxes = 0;

  const newAddress = () => {
    for (let tries = 0; tries < 253; tries += 1) {
      sandboxes += 1;
      const address = podAddress(sandboxes);
      if (!used.has(address)) return address;
    }
    throw new Error('no free pod address');
  };

  return {
    up: async (pod, settings) => {
      const ownNetwork = pod.spec.hostNetwork !== true;
      const address = ownNetwork ? newAddress() : NODE_ADDRESS;
      if (!ownNetwork) sandboxes += 1;
      used.add(address);
      const name = `pod-${sandboxes}`;
      const folder = `/run/sandbox/${name}`;
      // Unprivileged, one group only is mapped, and the kernel takes no range beyond it.
      const open = nodeIsRoot ? '0 2147483647' : '0 0';
      const network = [
        `${scripts}/pod-up.sh`,
        name,
        `veth${sandboxes}`,
        macOf(address),
        address,
        String(POD_PREFIX),
        POD_RANGE,
        POD_GATEWAY,
        String(settings.mtu),
        settings.pingOpen ? open : '1 0',
      ];
      await Promise.all([
        node.must([`${scripts}/pod-files.sh`, folder, resolvConf(pod), hosts(pod, address), hostname(pod)]),
        ownNetwork ? node.must(network) : undefined,
      ]);
      return { namespace: ownNetwork ? name : undefined, address, folder };
    },
    down: async ({ namespace, address, folder }) => {
      const { exitCode } = await node.run([
        'sh',
        '-c',
        '[ -z "$2" ] || { ip -n "$2" link del eth0 2>/dev/null; ip netns del "$2"; }; rm -rf "$1"',
        'down',
        folder,
        namespace ?? '',
      ]);
      if (namespace !== undefined && exitCode === 0) used.delete(address);
    },
  };
};
