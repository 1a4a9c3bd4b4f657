/** Nameservers of the pod that say nothing when they are asked by themselves, and where they stand among those that answer. */
import type { NameserverFailure } from '../../probes/shared/nameserver-failure.ts';
import type { Seen } from '../model/rule.ts';
import { canonical } from './nameservers.ts';
import { measured, ofPurpose } from './observed.ts';

type Why = NameserverFailure['why'];
const SILENCES: readonly Why[] = ['timed-out', 'connection-refused', 'unreachable'];

/** `final`: it knew. Else it declined. */
export interface Said {
  readonly server: string;
  readonly final: boolean;
}

export interface Silent {
  readonly server: string;
  readonly whys: readonly Why[];
  /** Servers that answer, and that lookups ask before it, or after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** `order`: the servers of resolv.conf. `heard`: what was said by whom, whoever asked. */
export const silentByThemselves = (
  seen: Seen<'dns-lookup' | 'dns-query'>,
  order: readonly string[],
  rotates: boolean,
  heard: readonly Said[],
): readonly Silent[] =>
  order.flatMap((server, index): readonly Silent[] => {
    const asks = [
      ...ofPurpose(seen['dns-lookup'], 'nameserver-lookup'),
      ...ofPurpose(seen['dns-query'], 'nameserver-lookup'),
    ].filter(({ question }) => question.transport !== 'tcp' && canonical(question.server ?? '') === server);
    const kinds = asks.flatMap(({ outcome }) => measured(outcome)?.kind ?? []);
    const silent =
      kinds.length > 0 &&
      kinds.every((kind) => SILENCES.some((why) => why === kind)) &&
      !heard.some((one) => one.server === server);
    if (!silent) return [];
    const answering = (others: readonly string[]) =>
      others.filter((other) => heard.some((one) => one.final && one.server === other));
    return [
      {
        server,
        whys: SILENCES.filter((why) => kinds.includes(why)),
        before: rotates ? [] : answering(order.slice(0, index)),
        after: answering(rotates ? order : order.slice(index + 1)),
      },
    ];
  });
