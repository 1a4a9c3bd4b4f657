import type { InternetMode } from '../../model/case.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { ofFamily } from '../families.ts';
import { EVERYTHING, FAMILY_PROBES, type FamilySeen, failingOver, namesOver } from '../family-effects.ts';
import {
  FAMILY_WORDS,
  type Family,
  familiesWithoutRoute,
  type Links,
  lacksDefaultRoute,
  readLinks,
} from '../links.ts';
import { attemptsTo, connectTo, type ReachSeen } from '../reach.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

const none = ({ routes }: Links, what = 'no default'): string =>
  `ip route shows ${routes?.routes ?? 0} routes, ${what}`;

/** No family has one. Silent where targets outside answer all the same, over other routes. */
const noneAtAll = (links: Links, seen: ReachSeen): readonly FindingDraft[] => {
  const outside = connectTo(seen, 'internet');
  if (outside.state === 'ok' || connectTo(seen, 'destination').state === 'ok') return [];
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
      explains: EVERYTHING,
    },
  ];
};

/** One family of two has none: an error where something that only this family leads to failed. */
const noneOf = (
  family: Family,
  links: Links,
  seen: FamilySeen,
  mode: InternetMode | undefined,
): readonly FindingDraft[] => {
  if (ofFamily(attemptsTo(seen, 'internet'), family).some(({ connect }) => connect === 'connected'))
    return [];
  const following = failingOver(family, seen, mode);
  const words = FAMILY_WORDS[family];
  return [
    {
      about: family,
      summary: `The pod has an ${words} address and no default route for ${words}`,
      severity: following.length > 0 ? 'error' : 'warning',
      confidence: 'certain',
      evidence: [none(links, `no default for ${words}`)],
      explains: [...following, ...namesOver(family, seen)],
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
  probes: ['interface', ...FAMILY_PROBES],
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
