/** Whether the way out is dead as a whole: what that is read off, and who may tell it. */
import type { Observation } from '../../probes/index.ts';
import type { Destination } from '../model/destination.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Seen } from '../model/rule.ts';
import { isPublic } from './destination/public.ts';
import { readNames } from './names.ts';
import { NAME_EVIDENCE, NAME_PROBES, type NamesEvidence } from './nameservers.ts';
import { measured, ofPurpose } from './observed.ts';
import { type ConnectResult, connectTo } from './reach.ts';

/** What the rules about the way to a destination declare. Whether the cluster works is read off its names too, so all that those need is among it. */
export const WAY_EVIDENCE = [...NAME_EVIDENCE, 'networkPolicies'] as const;
export const WAY_PROBES = [...NAME_PROBES, 'http-get', 'icmp-echo'] as const;
export type WaySeen = Seen<(typeof WAY_PROBES)[number]>;
export type WayEvidence = Pick<Evidence, (typeof WAY_EVIDENCE)[number]>;

const echoed = (pings: readonly Extract<Observation, { probe: 'icmp-echo' }>[]): boolean =>
  ofPurpose(pings, 'internet').some(({ outcome }) => measured(outcome)?.kind === 'replied');

/** What is asked of the world: the targets outside, or a public destination with what it is compared with. */
const worldAsked = (seen: WaySeen, destination: Destination | undefined): ConnectResult => {
  const internet = connectTo(seen, 'internet');
  if (destination === undefined || internet.state !== 'not-asked' || !isPublic(seen, destination))
    return internet;
  const results = [connectTo(seen, 'destination'), connectTo(seen, 'destination-reference')];
  return {
    state: results.every(({ state }) => state === 'failed') ? 'failed' : 'unknown',
    connected: results.flatMap(({ connected }) => connected),
    failed: results.flatMap(({ failed }) => failed),
    unnamed: results.flatMap(({ unnamed }) => unnamed),
    unmeasured: results.flatMap(({ unmeasured }) => unmeasured),
  };
};

/** The way out is dead as a whole, while the cluster answers: told once, as `internet-unreachable`, not target by target. */
export const wayOutDead = (
  seen: WaySeen,
  evidence: NamesEvidence,
  destination: Destination | undefined,
): ConnectResult | undefined => {
  const internet = worldAsked(seen, destination);
  const clusterWorks =
    connectTo(seen, 'kubernetes-api').state === 'ok' || readNames(seen, evidence).cluster.state === 'ok';
  return internet.state === 'failed' && clusterWorks && !echoed(seen['icmp-echo']) ? internet : undefined;
};
