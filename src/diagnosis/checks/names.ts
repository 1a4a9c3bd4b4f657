/** Do names resolve, the cluster's own and those of the world? */
import type { Check } from '../../model/report.ts';
import { failureLines, type NameState } from '../names.ts';
import { whyUnmeasured } from '../observed.ts';
import { listed } from '../wording.ts';
import type { View } from './view.ts';

const nameCheck = (id: string, name: NameState, notAsked: Pick<Check, 'state' | 'detail'>): Check => {
  const check = { layer: 'name', id } as const;
  switch (name.state) {
    case 'ok': {
      const { lookup, outcome } = name;
      const addresses = listed(outcome.addresses.map(({ address }) => address));
      return {
        ...check,
        state: 'ok',
        detail: `${outcome.answeredName} → ${addresses}`,
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
      return { ...check, state: 'not-applicable', detail: `${name.why}: cluster names need not resolve` };
  }
};

export const clusterNameCheck = ({ names }: View): Check =>
  nameCheck('cluster-name', names.cluster, { state: 'unknown', detail: 'not asked' });

export const externalNameCheck = ({ names }: View): Check =>
  nameCheck('external-name', names.external, {
    state: 'not-applicable',
    detail: 'not asked (--no-internet)',
  });
