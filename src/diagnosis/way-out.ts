/** Whether the way out is dead as a whole: what that is read off, and who may tell it. */
import type { Observation } from '../../probes/index.ts';
import type { Destination } from '../model/destination.ts';
import { isPublic } from './destination/way/public.ts';
import { referencesOf } from './destination/way/references.ts';
import { FLOW_EVIDENCE, type FlowEvidence } from './flows/flows.ts';
import { UNKNOWING } from './name-state.ts';
import { readNames } from './names.ts';
import type { NamesEvidence } from './nameservers.ts';
import { measured, ofPurpose } from './observed.ts';
import { type ConnectResult, connectTo } from './reach.ts';
import type { WaySeen } from './way-seen.ts';

export { WAY_PROBES, type WaySeen } from './way-seen.ts';

/** What the rules about the way to a destination declare: all that names and policies are judged by is among it. */
export const WAY_EVIDENCE = FLOW_EVIDENCE;
export type WayEvidence = FlowEvidence;

const echoed = (pings: readonly Extract<Observation, { probe: 'icmp-echo' }>[]): boolean =>
  ofPurpose(pings, 'internet').some(({ outcome }) => measured(outcome)?.kind === 'replied');

/** Its name was asked for, and what would have to ask the world for it failed: then it is not known whether it lies there. */
const isUnresolved = (seen: WaySeen, evidence: NamesEvidence, { kind }: Destination): boolean => {
  const { external } = readNames(seen, evidence);
  return kind === 'host' && external.state === 'failed' && !UNKNOWING.includes(external.kind);
};

/**
 * What is asked of the world: the targets outside, or a public destination with what it is compared with. One host that is silent, by
 * itself, is not the world.
 */
const worldAsked = (
  seen: WaySeen,
  evidence: NamesEvidence,
  destination: Destination | undefined,
): ConnectResult => {
  const internet = connectTo(seen, 'internet');
  if (destination === undefined || internet.state !== 'not-asked') return internet;
  const { own, world } = referencesOf(seen, destination);
  const front = connectTo(seen, 'destination');
  const unresolved = isUnresolved(seen, evidence, destination);
  if (world.state !== 'failed' || (!unresolved && !isPublic(seen, destination))) return internet;
  const results = [front, own, world];
  const gone = [front, own].every(({ state }) =>
    unresolved ? state !== 'ok' : state === 'failed' || state === 'not-asked',
  );
  // A refusal comes from the host itself, or from before it: something got there.
  const refused = [...front.failed, ...own.failed].some(({ connect }) => connect === 'refused');
  return {
    state: gone && !refused ? 'failed' : 'unknown',
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
  const internet = worldAsked(seen, evidence, destination);
  const clusterWorks =
    connectTo(seen, 'kubernetes-api').state === 'ok' ||
    readNames(seen, evidence).cluster.state === 'ok' ||
    (destination !== undefined && referencesOf(seen, destination).cluster.state === 'ok');
  return internet.state === 'failed' && clusterWorks && !echoed(seen['icmp-echo']) ? internet : undefined;
};
