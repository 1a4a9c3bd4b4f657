import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { failuresOf } from '../name-failures.ts';
import type { FailedLookup } from '../name-state.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES, resolvConfOf } from '../nameservers.ts';
import { searchListDrafts } from '../search-list.ts';
import { hostInCommand, listed, unique } from '../wording.ts';

/** Two sentences in one rule: NXDOMAIN, and a name that exists without an address, are the same to a program. */
export default defineRule({
  id: 'name-not-found',
  code: 'NC3005',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: NAME_EVIDENCE,
  probes: NAME_PROBES,
  evaluate: ({ maybe, observations }) => {
    const names = readNames(observations, maybe);
    const search = resolvConfOf(observations)?.search ?? [];
    const tried = ({ lookup: { question }, kind }: FailedLookup): string => {
      const what = kind === 'no-data' ? 'exists, but has no address' : 'no such name (NXDOMAIN)';
      const forms = question.name.endsWith('.') ? [] : search.map((domain) => `${question.name}.${domain}`);
      return `${question.name}: ${what}${forms.length === 0 ? '' : `; tried with ${listed(search)}`}`;
    };
    const found = (['not-found', 'no-data'] as const).flatMap((kind): readonly FindingDraft[] => {
      const failures = failuresOf(names, kind);
      if (failures === undefined) return [];
      // With and without its final dot it is one name to a reader.
      const asked = unique(failures.failed.map(({ lookup }) => lookup.question.name.replace(/\.$/, '')));
      return [
        {
          about: failures.about,
          confidence: 'likely',
          summary: `DNS answers, but ${kind === 'no-data' ? 'has no address for' : 'does not know'} ${listed(asked)}`,
          evidence: failures.failed.map(tried),
          next: failures.failed.map(({ lookup }) => `nslookup ${hostInCommand(lookup.question.name)}`),
        },
      ];
    });
    return [...found, ...searchListDrafts(names, maybe.pod, resolvConfOf(observations))];
  },
});
