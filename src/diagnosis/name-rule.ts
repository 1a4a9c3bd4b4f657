/** The frame of the rules about one way in which lookups fail. */
import { defineRule } from '../model/rule.ts';
import { dnsCommands } from './dns-commands.ts';
import { lookupDrafts, type Wording } from './name-drafts.ts';
import { NAME_EVIDENCE, NAME_PROBES } from './nameservers.ts';

/** `next`: which of the commands about cluster DNS are told; `before` stand in front of them. */
interface LookupRule extends Pick<Wording, 'kind' | 'summary' | 'before'> {
  readonly id: string;
  readonly code: string;
  readonly next: readonly (keyof ReturnType<typeof dnsCommands>)[];
}

export const lookupRule = ({ id, code, kind, summary, before = [], next }: LookupRule) =>
  defineRule({
    id,
    code,
    layer: 'name',
    role: 'symptom',
    severity: 'error',
    needs: [],
    uses: NAME_EVIDENCE,
    probes: NAME_PROBES,
    evaluate: ({ target, maybe, observations }) => {
      const commands = dnsCommands(maybe.dnsService);
      return lookupDrafts(
        { target, seen: observations, evidence: maybe },
        { kind, summary, before, ofCluster: next.map((name) => commands[name]) },
      );
    },
  });
