import type { InternetMode } from '../../model/case.ts';
import { defineRule, type FindingDraft, type Seen } from '../../model/rule.ts';
import { deadFamilyOf, familyOfAddress, ofFamily } from '../families.ts';
import {
  FAMILY_WORDS,
  type Family,
  familiesWithoutRoute,
  type Links,
  lacksDefaultRoute,
  readLinks,
} from '../links.ts';
import {
  attemptsTo,
  type ConnectResult,
  connectTo,
  familyOf,
  type ReachSeen,
} from '../reach.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

const EXPLAINS = [
  'host-unreachable',
  'internet-unreachable',
  'one-family-broken',
  'nameserver-silent',
  'one-nameserver-dead',
  'connection-timed-out',
];
const ROUTE_PROBES = ['interface', 'tcp-connect', 'http-get', 'resolv-conf'] as const;
type RouteSeen = Seen<(typeof ROUTE_PROBES)[number]>;

const none = ({ routes }: Links, what = 'no default'): string =>
  `ip route shows ${routes?.routes ?? 0} routes, ${what}`;

/** No family has one. Silent where targets outside answer all the same, over other routes. */
const noneAtAll = (links: Links, seen: ReachSeen): readonly FindingDraft[] => {
  const outside = connectTo(seen, 'internet');
  if (outside.state === 'ok') return [];
  const clusterWorks = connectTo(seen, 'kubernetes-api').state === 'ok';
  const down = (links.addresses?.links ?? []).filter(({ up }) => !up).map(({ name }) => name);
  const others = [...new Set((links.routes?.defaults ?? []).map(({ family }) => FAMILY_WORDS[family]))];
  return [
    {
      summary: 'The pod has no default route, so packets to other networks have nowhere to go',
      // With nothing asked outside, a pod whose own routes reach the cluster may be meant to be so.
      severity: clusterWorks && outside.state === 'not-asked' ? 'warning' : 'error',
      confidence: 'certain',
      evidence: [
        none(links),
        ...(others.length === 0
          ? []
          : [`it has one for ${listed(others)}, and no ${listed(others)} address to send from`]),
        ...(down.length === 0 ? [] : [`${listed(down)} is down`]),
      ],
      explains: EXPLAINS,
    },
  ];
};

/** What of this family alone failed, and so follows from it: ids of findings. */
const followingFrom = (
  family: Family,
  seen: RouteSeen,
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

/** One family of two has none: an error where something that only this family leads to failed. */
const noneOf = (
  family: Family,
  links: Links,
  seen: RouteSeen,
  mode: InternetMode | undefined,
): readonly FindingDraft[] => {
  if (ofFamily(attemptsTo(seen, 'internet'), family).some(({ connect }) => connect === 'connected')) return [];
  const following = followingFrom(family, seen, mode);
  const servers = seen['resolv-conf'].flatMap(({ outcome }) =>
    outcome.kind === 'resolv-conf' ? outcome.nameservers : [],
  );
  const namesGoThere = servers.length > 0 && servers.every((server) => familyOfAddress(server) === family);
  const words = FAMILY_WORDS[family];
  return [
    {
      about: family,
      summary: `The pod has an ${words} address and no default route for ${words}`,
      severity: following.length > 0 ? 'error' : 'warning',
      confidence: 'certain',
      evidence: [none(links, `no default for ${words}`)],
      explains: [...following, ...(namesGoThere ? ['nameserver-silent', 'host-unreachable/nameserver'] : [])],
    },
  ];
};

export default defineRule({
  id: 'no-default-route',
  code: 'NC2001',
  layer: 'interface',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ROUTE_PROBES,
  evaluate: ({ target, internetMode, observations }) => {
    const links = readLinks(observations.interface);
    const drafts =
      lacksDefaultRoute(links) === true
        ? noneAtAll(links, observations)
        : (familiesWithoutRoute(links) ?? []).flatMap((family) =>
            noneOf(family, links, observations, internetMode),
          );
    return drafts.map((draft) => ({
      ...draft,
      next: [
        kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
        'kubectl get pods -n kube-system -o wide',
      ],
    }));
  },
});
