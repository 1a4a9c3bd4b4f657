/** What a rule is: it declares what it needs, sees only that, and is silent where any of it is missing. */
import type { Observation, ProbeId } from '../../probes/index.ts';
import type { InternetMode, Target } from './case.ts';
import type { Destination } from './destination.ts';
import type { Entry } from './entry.ts';
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts';
import type { Confidence, Finding, Severity } from './finding.ts';
import type { Layer } from './layer.ts';

/** What a rule says when it fires; code, id, layer and role come from the rule itself. */
export interface FindingDraft {
  /** See Finding.about. */
  readonly about?: string | undefined;
  readonly summary: string;
  readonly severity?: Severity;
  readonly confidence: Confidence;
  readonly evidence?: readonly string[];
  readonly explains?: readonly string[];
  readonly next?: readonly string[];
  readonly mend?: string | undefined;
}

/** Observations by probe: a rule finds only the probes here that it named. */
export type Seen<Probes extends ProbeId> = {
  readonly [P in Probes]: readonly Extract<Observation, { probe: P }>[];
};

export interface RuleInput<Needed extends EvidenceKey, Optional extends EvidenceKey, Probes extends ProbeId> {
  readonly target: Target;
  readonly entry: Entry;
  /** Where the pod was asked to reach; undefined: what every pod needs. */
  readonly destination: Destination | undefined;
  /** undefined: the case does not say. */
  readonly internetMode: InternetMode | undefined;
  /** When the case was gathered, RFC 3339: what dates are held against. undefined: the case does not say. */
  readonly gatheredAt: string | undefined;
  /** Evidence that the rule needs: known, or the rule is not called. */
  readonly evidence: { readonly [K in Needed]: EvidenceValue<K> };
  /** Evidence that the rule can use: with its state, as it may be forbidden or absent. */
  readonly maybe: { readonly [K in Optional]: Evidence[K] };
  /** Observations of the probes that the rule named, whatever their outcome. */
  readonly observations: Seen<Probes>;
  /** What fired before: symptoms when a cause is judged. */
  readonly findings: readonly Finding[];
}

export interface Rule<
  Needed extends EvidenceKey = EvidenceKey,
  Optional extends EvidenceKey = EvidenceKey,
  Probes extends ProbeId = ProbeId,
> {
  /** Noun of the failing state; the file's name. */
  readonly id: string;
  readonly code: string;
  readonly layer: Layer;
  readonly role: 'symptom' | 'cause';
  readonly severity: Severity;
  readonly needs: readonly Needed[];
  readonly uses: readonly Optional[];
  readonly probes: readonly Probes[];
  readonly evaluate: (input: RuleInput<Needed, Optional, Probes>) => readonly FindingDraft[];
}

export const defineRule = <
  const Needed extends EvidenceKey = never,
  const Optional extends EvidenceKey = never,
  const Probes extends ProbeId = never,
>(
  rule: Rule<Needed, Optional, Probes>,
): Rule<Needed, Optional, Probes> => rule;
