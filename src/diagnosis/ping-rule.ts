/** The frame of the rules about pings that come back, and not as they should. Always a warning: hosts may ration what they answer. */
import type { Observation } from '../../probes/index.ts';
import { defineRule, type FindingDraft } from '../model/rule.ts';
import { type Measured, measured } from './observed.ts';

type Ping = Extract<Observation, { probe: 'icmp-echo' }>;
type Replied = Extract<Measured<Ping['outcome']>, { kind: 'replied' }>;
type PingDraft = Pick<FindingDraft, 'summary' | 'evidence' | 'next'>;

/** `told`: what there is to say of one host; undefined where its replies are as they should be. */
export const pingRule = (
  id: string,
  code: string,
  told: (replied: Replied, ping: Ping) => PingDraft | undefined,
) =>
  defineRule({
    id,
    code,
    layer: 'interface',
    role: 'symptom',
    severity: 'warning',
    needs: [],
    uses: [],
    probes: ['icmp-echo'],
    evaluate: ({ observations }) =>
      observations['icmp-echo'].flatMap((ping): readonly FindingDraft[] => {
        const seen = measured(ping.outcome);
        const draft = seen?.kind === 'replied' ? told(seen, ping) : undefined;
        return draft === undefined ? [] : [{ about: ping.purpose, confidence: 'possible', ...draft }];
      }),
  });
