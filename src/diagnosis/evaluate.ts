/** Calls the rules in order. A rule sees only what it declared, and is not called where an item that it needs is not known. */
import { type Observation, type ProbeId, suite } from '../../probes/index.ts';
import type { InternetMode, Target } from '../model/case.ts';
import type { Destination } from '../model/destination.ts';
import type { Entry } from '../model/entry.ts';
import { type Evidence, type EvidenceKey, type EvidenceValue, NO_EVIDENCE } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingDraft, Rule, Seen } from '../model/rule.ts';

import { permittedOnly } from './permitted.ts';

/** A rule of any needs: a rule that asks for less fits where more is offered. */
export type AnyRule = Rule;

export interface Facts {
  readonly target: Target;
  readonly entry: Entry;
  readonly evidence: Evidence;
  readonly observations: readonly Observation[];
  /** Where the pod was asked to reach; undefined: what every pod needs. */
  readonly destination?: Destination | undefined;
  readonly internetMode?: InternetMode | undefined;
  /** When the case was gathered, RFC 3339. */
  readonly gatheredAt?: string | undefined;
  /** The user left something of the plan out. */
  readonly narrowed?: boolean | undefined;
}

type Values = { readonly [K in EvidenceKey]: EvidenceValue<K> };

/** Whether every needed item is there: what makes the partial record whole for the rule that declared the needs. */
const complete = (values: Partial<Values>, needs: readonly EvidenceKey[]): values is Values =>
  needs.every((key) => Object.hasOwn(values, key));

/** Evidence that the rule did not name reads as never asked for. */
const only = (evidence: Evidence, keys: readonly EvidenceKey[]): Evidence => ({
  ...NO_EVIDENCE,
  ...Object.fromEntries(keys.map((key) => [key, evidence[key]])),
});

type Groups = Readonly<Record<string, readonly Observation[]>>;

const isGrouped = (groups: Groups): groups is Seen<ProbeId> =>
  suite.every(({ id }) => groups[id]?.every(({ probe }) => probe === id));

/** Observations by probe. */
export const group = (observations: readonly Observation[]): Seen<ProbeId> => {
  const groups: Groups = Object.fromEntries(
    suite.map(({ id }) => [id, observations.filter(({ probe }) => probe === id)]),
  );
  if (!isGrouped(groups)) throw new Error('observations were grouped wrongly');
  return groups;
};

const NONE: Seen<ProbeId> = group([]);

/** Those of probes that are not named are left out. */
const ofProbes = (groups: Seen<ProbeId>, named: readonly ProbeId[]): Seen<ProbeId> => ({
  ...NONE,
  ...Object.fromEntries(named.map((id) => [id, groups[id]])),
});

const toFinding = (rule: AnyRule, draft: FindingDraft): Finding => ({
  code: rule.code,
  id: rule.id,
  ...(draft.about === undefined ? {} : { about: draft.about }),
  layer: rule.layer,
  role: rule.role,
  severity: draft.severity ?? rule.severity,
  confidence: draft.confidence,
  summary: draft.summary,
  evidence: draft.evidence ?? [],
  explains: draft.explains ?? [],
  next: draft.next ?? [],
  ...(draft.mend === undefined ? {} : { mend: draft.mend }),
});

/** What one rule says of these facts; nothing where it could not be asked. */
const applyRule = (
  rule: AnyRule,
  facts: Facts,
  observations: Seen<ProbeId>,
  before: readonly Finding[],
): readonly Finding[] => {
  const values = Object.fromEntries(
    rule.needs.flatMap((key) => {
      const item = facts.evidence[key];
      return item.state === 'known' ? [[key, item.value]] : [];
    }),
  );
  if (!complete(values, rule.needs)) return [];
  return rule
    .evaluate({
      target: facts.target,
      entry: facts.entry,
      destination: facts.destination,
      internetMode: facts.internetMode,
      gatheredAt: facts.gatheredAt,
      evidence: values,
      maybe: only(facts.evidence, rule.uses),
      observations: ofProbes(observations, rule.probes),
      findings: before,
    })
    .map((draft) => toFinding(rule, permittedOnly(draft, facts.evidence)));
};

export const evaluate = (rules: readonly AnyRule[], facts: Facts): readonly Finding[] => {
  const found: Finding[] = [];
  const observations = group(facts.observations);
  for (const rule of rules) found.push(...applyRule(rule, facts, observations, found));
  return found;
};
