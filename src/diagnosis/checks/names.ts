/** Do names resolve, the cluster's own and those of the world? */
import type { Check } from '../../model/report.ts';
import type { NameState } from '../name-state.ts';
import { failureLines } from '../name-text.ts';
import { whyUnmeasured } from '../observed.ts';
import { attemptsTo, familyOf } from '../reach.ts';
import { listed } from '../wording.ts';
import { MUST, type NotAsked, notAskedOutside } from './not-asked.ts';
import type { View } from './view.ts';

export const nameCheck = (id: string, name: NameState, notAsked: NotAsked): Check => {
  const check = { layer: 'name', id } as const;
  switch (name.state) {
    case 'ok': {
      const { lookup, outcome } = name;
      const addresses = listed(outcome.addresses.map(({ address }) => address));
      return {
        ...check,
        state: 'ok',
        detail: `${outcome.answeredName} → ${addresses}${lookup.purpose === 'nameserver-lookup' ? ` (${outcome.server} asked by itself)` : ''}`,
        ...(lookup.durationMs === undefined ? {} : { durationMs: lookup.durationMs }),
      };
    }
    case 'failed':
      return { ...check, state: 'failed', detail: failureLines(name.failed).join(', ') };
    case 'unknown':
      return {
        ...check,
        state: 'unknown',
        detail:
          name.why ??
          name.lookups.map((lookup) => whyUnmeasured(lookup)).find((why) => why !== undefined) ??
          'no answer',
      };
    case 'not-asked':
      return { ...check, ...notAsked };
    case 'not-applicable':
      return {
        ...check,
        state: 'not-applicable',
        detail: id === 'cluster-name' ? `${name.why}: cluster names need not resolve` : name.why,
      };
  }
};

export const clusterNameCheck = ({ names }: View): Check => nameCheck('cluster-name', names.cluster, MUST);

/** There is nothing to look up only where the user named the targets, and each is an address. */
const noLookup = (view: View): NotAsked => {
  const targets = attemptsTo(view.seen, 'internet');
  if (targets.length === 0) return notAskedOutside(view);
  const named = targets.some(({ observation }) => familyOf(observation) === undefined);
  return named || view.internetMode === 'default'
    ? MUST
    : { state: 'not-applicable', detail: 'no name among the targets' };
};

export const externalNameCheck = (view: View): Check =>
  nameCheck('external-name', view.names.external, noLookup(view));
