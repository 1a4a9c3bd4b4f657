/** What the rules about connections share: one draft for each destination that fails in one way. */
import type { Destination } from '../model/destination.ts';
import type { FindingDraft } from '../model/rule.ts';
import { leadOf } from './connect-lead.ts';
import { destinationDrafts } from './destination/way/connect-drafts.ts';
import { policyDoubt } from './flows/doubt.ts';
import { type Attempt, type ConnectFailure, connectTo } from './reach.ts';
import { WAY_EVIDENCE, WAY_PROBES, type WayEvidence, type WaySeen, wayOutDead } from './way-out.ts';
import { couldBe, listed, unique } from './wording.ts';

/** What the rules about connections have in common. */
export const CONNECT_SYMPTOM = {
  layer: 'port',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
} as const;

type General = 'kubernetes-api' | 'internet';
const GENERAL: readonly General[] = ['kubernetes-api', 'internet'];

const NEXT: Record<General, readonly string[]> = {
  'kubernetes-api': [
    'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes',
    'kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide',
  ],
  internet: ['kubectl get nodes -o wide', 'kubectl get pods -n kube-system -o wide'],
};
const WHO: Record<General, string> = {
  'kubernetes-api': 'The Kubernetes API at',
  internet: 'No internet target can be reached:',
};

/**
 * `kinds`: the failures that the rule is about. `doubtful`: a NetworkPolicy can cause them too, so the policies that select the
 * pod are named, and it is less sure.
 */
export const connectDrafts = (
  seen: WaySeen,
  maybe: WayEvidence,
  kinds: readonly ConnectFailure[],
  doubtful: boolean,
  destination: Destination | undefined,
): readonly FindingDraft[] => [
  ...generalDrafts(seen, maybe, kinds, doubtful, destination),
  ...(destination === undefined ? [] : destinationDrafts(seen, maybe, kinds, doubtful, destination)),
];

const generalDrafts = (
  seen: WaySeen,
  maybe: WayEvidence,
  kinds: readonly ConnectFailure[],
  doubtful: boolean,
  destination: Destination | undefined,
): readonly FindingDraft[] =>
  GENERAL.flatMap((purpose) => {
    if (purpose === 'internet' && wayOutDead(seen, maybe, destination) !== undefined) return [];
    const { state, connected, failed } = connectTo(seen, purpose);
    if (state === 'ok')
      return purpose === 'kubernetes-api'
        ? intermittent(connected, failed, kinds)
        : noSite(connected, failed, kinds);
    const lead = leadOf(failed, purpose);
    if (state !== 'failed' || lead === undefined || !kinds.includes(lead)) return [];
    const hits = failed.filter(({ connect }) => connect === lead);
    const doubt = doubtful
      ? policyDoubt(purpose, seen, maybe, destination)
      : { confidence: 'likely' as const, lines: [] };
    return [
      {
        about: purpose,
        confidence: doubt.confidence,
        summary:
          purpose === 'internet'
            ? `${WHO.internet} ${listed(unique(failed.map(({ text }) => text)))}`
            : `${WHO['kubernetes-api']} ${shortest(hits).text}`,
        evidence: [...unique(failed.map(({ text }) => text)), ...doubt.lines],
        next: NEXT[purpose],
      },
    ];
  });

/** The API server is one address: an ask of it that fails beside one that connects is a fault that comes and goes. */
const intermittent = (
  connected: readonly Attempt[],
  failed: readonly Attempt[],
  kinds: readonly ConnectFailure[],
): readonly FindingDraft[] => {
  const hits = failed.filter(({ connect }) => kinds.some((kind) => kind === connect));
  if (hits.length === 0) return [];
  return [
    {
      about: 'intermittent',
      severity: 'warning',
      confidence: 'likely',
      summary: `The Kubernetes API answers one connection and not another: ${shortest(hits).text}`,
      evidence: [...hits, ...connected].map(({ text }) => text),
      next: NEXT['kubernetes-api'],
    },
  ];
};

/** Addresses can be connected to, and none of the sites by its name: what the names lead to does not answer. */
const noSite = (
  connected: readonly Attempt[],
  failed: readonly Attempt[],
  kinds: readonly ConnectFailure[],
): readonly FindingDraft[] => {
  const sites = failed.filter(({ observation }) => observation.probe === 'http-get');
  const lead = leadOf(sites, 'internet');
  if (connected.some(({ observation }) => observation.probe === 'http-get')) return [];
  // A single site may have an outage of its own.
  if (sites.length < 2 || lead === undefined || !kinds.includes(lead)) return [];
  return [
    {
      about: 'sites',
      severity: 'warning',
      confidence: 'possible',
      summary: `No site outside can be connected to by its name (${listed(sites.map(({ text }) => text))}), while ${listed(connected.map(({ target }) => target))} can by address`,
      evidence: [couldBe('names that lead to wrong addresses, or a filter that knows names')],
      next: sites.map(({ target }) => `curl -v ${target}`),
    },
  ];
};

const shortest = (hits: readonly Attempt[]): Attempt =>
  hits.reduce((best, hit) => (hit.target.length < best.target.length ? hit : best));
