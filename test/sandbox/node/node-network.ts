/** The node's network and the internet behind it: made at the start, mended at a reset. */

import { familyOf } from '../families.ts';
import { BRIDGE_MAC, type Internet, type Plans } from './addresses.ts';
import type { NodeLink } from './link.ts';

export interface NodeNetwork {
  /** Makes it, or takes back what faults have changed in it. */
  readonly up: () => Promise<void>;
  /** Drops every table of rules but the cluster's own, then `up`. */
  readonly mend: () => Promise<void>;
}

/** Faults add tables of their own; the cluster's stay. */
const DROP_FOREIGN_TABLES = [
  'sh',
  '-c',
  'nft list tables | while read -r _ family name; do case "$family $name" in "ip cni" | "ip kube-proxy" | "ip6 cni" | "ip6 kube-proxy") ;; *) nft delete table "$family" "$name" ;; esac; done',
];

export const createNodeNetwork = (
  link: NodeLink,
  scripts: string,
  plans: Plans,
  { addresses }: Internet,
): NodeNetwork => {
  const up = async () => {
    await link.must([`${scripts}/node-up.sh`, BRIDGE_MAC]);
    await Promise.all(
      plans.map((plan) =>
        link.must([
          `${scripts}/family-up.sh`,
          plan.node,
          plan.uplinkGateway,
          String(plan.uplinkPrefix),
          `${plan.podGateway}/${plan.podPrefix}`,
          plan.podRange,
          plan.serviceRange,
          ...addresses.filter((address) => familyOf(address) === plan.family),
        ]),
      ),
    );
  };
  return {
    up,
    mend: async () => {
      await Promise.all([link.run(DROP_FOREIGN_TABLES), up()]);
    },
  };
};
