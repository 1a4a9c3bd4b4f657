/** What follows where nothing leaves the pod, or nothing of one address family: ids of findings. */
import type { InternetMode } from '../model/case.ts';
import type { Seen } from '../model/rule.ts';
import { deadFamilyOf, familyOfAddress, ofFamily } from './families.ts';
import type { Family } from './links.ts';
import { type ConnectResult, connectTo, familyOf } from './reach.ts';

export const FAMILY_PROBES = ['tcp-connect', 'http-get', 'resolv-conf'] as const;
export type FamilySeen = Seen<(typeof FAMILY_PROBES)[number]>;

/** Where it is every family. */
export const EVERYTHING: readonly string[] = [
  'corefile-upstream-suspect/unreached',
  'host-unreachable',
  'internet-unreachable',
  'one-family-broken',
  'nameserver-silent',
  'one-nameserver-dead',
  'connection-timed-out',
];

/** What of this family alone failed. */
export const failingOver = (
  family: Family,
  seen: FamilySeen,
  mode: InternetMode | undefined,
): readonly string[] => {
  const [outside, cluster] = [connectTo(seen, 'internet'), connectTo(seen, 'kubernetes-api')];
  const allOfIt = ({ state, failed }: ConnectResult): boolean => {
    const addresses = failed.filter(({ observation }) => familyOf(observation) !== undefined);
    return (
      state === 'failed' && addresses.length > 0 && ofFamily(addresses, family).length === addresses.length
    );
  };
  const named = mode === 'custom' && outside.connected.length > 0 ? ofFamily(outside.failed, family) : [];
  return [
    ...(deadFamilyOf(seen, mode)?.dead === family ? [`one-family-broken/${family}`] : []),
    ...named.map(({ target }) => `named-target-dead/${target}`),
    ...(allOfIt(outside)
      ? ['internet-unreachable', 'host-unreachable/internet', 'connection-timed-out/internet']
      : []),
    ...(allOfIt(cluster) ? ['host-unreachable/kubernetes-api', 'connection-timed-out/kubernetes-api'] : []),
  ];
};

/** Names, where all the pod's nameservers are of this family. */
export const namesOver = (family: Family, seen: FamilySeen): readonly string[] => {
  const servers = seen['resolv-conf'].flatMap(({ outcome }) =>
    outcome.kind === 'resolv-conf' ? outcome.nameservers : [],
  );
  return servers.length > 0 && servers.every((server) => familyOfAddress(server) === family)
    ? ['nameserver-silent', 'host-unreachable/nameserver']
    : [];
};
