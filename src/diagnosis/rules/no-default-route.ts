import type { FindingDraft } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import {
  FAMILY_WORDS,
  type Family,
  familiesWithoutRoute,
  type Links,
  lacksDefaultRoute,
  readLinks,
} from '../links.ts';
import { type Attempt, attemptsTo, connectTo, familyOf, type ReachSeen } from '../reach.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

const EXPLAINS = [
  'host-unreachable',
  'internet-unreachable',
  'one-family-broken',
  'nameserver-silent',
  'connection-timed-out',
];

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
    },
  ];
};

/** One family of two has none: an error where something that only this family leads to failed. */
const noneOf = (family: Family, links: Links, seen: ReachSeen): readonly FindingDraft[] => {
  const ofFamily = (attempts: readonly Attempt[]) =>
    attempts.filter(({ observation }) => familyOf(observation) === family);
  const [outside, cluster] = [connectTo(seen, 'internet'), connectTo(seen, 'kubernetes-api')];
  if (ofFamily(attemptsTo(seen, 'internet')).some(({ connect }) => connect === 'connected')) return [];
  const needed = [outside, cluster].some(
    ({ state, failed }) => state === 'failed' && ofFamily(failed).length > 0,
  );
  const words = FAMILY_WORDS[family];
  return [
    {
      about: family,
      summary: `The pod has an ${words} address and no default route for ${words}`,
      severity: needed ? 'error' : 'warning',
      confidence: 'certain',
      evidence: [none(links, `no default for ${words}`)],
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
  probes: ['interface', 'tcp-connect', 'http-get'],
  evaluate: ({ target, observations }) => {
    const links = readLinks(observations.interface);
    const drafts =
      lacksDefaultRoute(links) === true
        ? noneAtAll(links, observations)
        : (familiesWithoutRoute(links) ?? []).flatMap((family) => noneOf(family, links, observations));
    return drafts.map((draft) => ({
      ...draft,
      explains: EXPLAINS,
      next: [
        kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
        'kubectl get pods -n kube-system -o wide',
      ],
    }));
  },
});
