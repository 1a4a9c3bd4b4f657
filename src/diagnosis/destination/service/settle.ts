/** What a host turned out to be, now that its name was looked up. */
import type { Observation } from '../../../../probes/index.ts';
import type { Destination } from '../../../model/destination.ts';
import { measured } from '../../observed.ts';

/** The cluster's own DNS answered for it, below `NAME.NAMESPACE.svc.`: no name outside does that. */
const isServiceName = (observation: Observation, { name = '', namespace = '' }: Destination): boolean => {
  if (observation.probe !== 'dns-lookup' || observation.purpose !== 'external-name') return false;
  const answer = measured(observation.outcome);
  return (
    answer?.kind === 'answered' && answer.answeredName.toLowerCase().startsWith(`${name}.${namespace}.svc.`)
  );
};

/**
 * `db.data` may be a Service's name, or one of the world; where Services of that namespace may not be read, only the answer of DNS tells.
 * Lookups of a Service's name are told apart from those of names outside.
 */
export const settle = (
  destination: Destination | undefined,
  observations: readonly Observation[],
): { readonly destination: Destination | undefined; readonly observations: readonly Observation[] } => {
  if (destination?.kind !== 'host' || destination.name === undefined) return { destination, observations };
  if (!observations.some((one) => isServiceName(one, destination))) return { destination, observations };
  return {
    destination: { ...destination, kind: 'service' },
    observations: observations.map((one) =>
      one.probe === 'dns-lookup' && one.purpose === 'external-name'
        ? { ...one, purpose: 'destination-name' }
        : one,
    ),
  };
};
