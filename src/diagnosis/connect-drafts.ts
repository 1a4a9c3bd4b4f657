/** What the rules about connections share: one draft for each destination that fails in one way. */
import type { Observation } from '../../probes/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { FindingDraft, Seen } from '../model/rule.ts';
import { readNames } from './names.ts';
import { measured, ofPurpose } from './observed.ts';
import { policyDoubt } from './policy/egress.ts';
import {
  type Attempt,
  type ConnectFailure,
  type ConnectResult,
  connectTo,
  REACH_PURPOSES,
  type ReachPurpose,
} from './reach.ts';
import { listed, unique } from './wording.ts';

export type WaySeen = Seen<'dns-lookup' | 'tcp-connect' | 'http-get' | 'icmp-echo'>;
type Maybe = Pick<Evidence, 'pod' | 'networkPolicies'>;

const echoed = (pings: readonly Extract<Observation, { probe: 'icmp-echo' }>[]): boolean =>
  ofPurpose(pings, 'internet').some(({ outcome }) => measured(outcome)?.kind === 'replied');

/** The way out is dead as a whole, while the cluster answers: told once, as `internet-unreachable`, not target by target. */
export const wayOutDead = (seen: WaySeen, pod: Evidence['pod']): ConnectResult | undefined => {
  const internet = connectTo(seen, 'internet');
  const clusterWorks =
    connectTo(seen, 'kubernetes-api').state === 'ok' || readNames(seen, pod).cluster.state === 'ok';
  return internet.state === 'failed' && clusterWorks && !echoed(seen['icmp-echo']) ? internet : undefined;
};

const NEXT: Record<ReachPurpose, readonly string[]> = {
  'kubernetes-api': [
    'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes',
    'kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide',
  ],
  internet: ['kubectl get nodes -o wide', 'kubectl get pods -n kube-system -o wide'],
};
const WHO: Record<ReachPurpose, string> = {
  'kubernetes-api': 'The Kubernetes API at',
  internet: 'No internet target can be reached:',
};

/**
 * `kinds`: the failures that the rule is about. `doubtful`: a NetworkPolicy can cause them too, so the policies that select the
 * pod are named, and it is less sure.
 */
export const connectDrafts = (
  seen: WaySeen,
  maybe: Maybe,
  kinds: readonly ConnectFailure[],
  doubtful: boolean,
): readonly FindingDraft[] =>
  REACH_PURPOSES.flatMap((purpose) => {
    if (purpose === 'internet' && wayOutDead(seen, maybe.pod) !== undefined) return [];
    const { state, failed } = connectTo(seen, purpose);
    const hits = failed.filter(({ connect }) => kinds.some((kind) => kind === connect));
    if (state !== 'failed' || hits.length === 0) return [];
    if (purpose === 'kubernetes-api' && !hits.some(({ connect }) => connect === mostTelling(failed)))
      return [];
    if (toldBetter(hits, failed)) return [];
    const doubt = doubtful ? policyDoubt(maybe) : { confidence: 'likely' as const, lines: [] };
    return [
      {
        about: purpose,
        confidence: doubt.confidence,
        summary:
          purpose === 'internet'
            ? `${WHO.internet} ${listed(unique(hits.map(({ text }) => text)))}`
            : `${WHO['kubernetes-api']} ${shortest(hits).text}`,
        evidence: [...unique(failed.map(({ text }) => text)), ...doubt.lines],
        next: NEXT[purpose],
      },
    ];
  });

/** Of one destination: the kernel limits how many errors it sends, so silence beside a refusal is refusal. */
const TELLING: readonly ConnectFailure[] = [
  'reset',
  'refused',
  'not-permitted',
  'unreachable',
  'timed-out',
  'connect-failed',
];
const mostTelling = (failed: readonly Attempt[]): ConnectFailure | undefined =>
  TELLING.find((kind) => failed.some(({ connect }) => connect === kind));

/** curl's "could not connect" says less than nc's word on the same destination. */
const toldBetter = (hits: readonly Attempt[], failed: readonly Attempt[]): boolean =>
  hits.every(({ connect }) => connect === 'connect-failed') && failed.length > hits.length;

const shortest = (hits: readonly Attempt[]): Attempt =>
  hits.reduce((best, hit) => (hit.target.length < best.target.length ? hit : best));
