/** What the rules about lookups share: one draft for the lookups that fail in one way. */
import type { Confidence } from '../model/finding.ts';
import type { FindingDraft } from '../model/rule.ts';
import { type Lookup, ownLookups } from './answers.ts';
import { intermittent } from './intermittent.ts';
import { failuresOf, serversOf } from './name-failures.ts';
import type { FailureKind, NamePurpose } from './name-state.ts';
import { failureLine, failureLines, KIND_WORDS } from './name-text.ts';
import { type Names, readNames } from './names.ts';
import type { NamesEvidence, NamesSeen } from './nameservers.ts';
import { measured } from './observed.ts';
import { listed, unique } from './wording.ts';

export interface Wording {
  readonly kind: FailureKind;
  /** From the nameservers (`10.96.0.10`, or `the nameserver`), the names that were asked, and what follows. */
  readonly summary: (servers: string, names: string, effect: string) => string;
  readonly next: readonly string[];
  readonly confidence?: Confidence;
  readonly evidence?: readonly string[];
}

const WHICH: Record<NamePurpose, string> = {
  'cluster-name': "the cluster's own names",
  'external-name': 'names outside the cluster',
};

export const lookupDrafts = (
  seen: NamesSeen,
  evidence: NamesEvidence,
  wording: Wording,
): readonly FindingDraft[] => {
  const names = readNames(seen, evidence);
  const failures = failuresOf(names, wording.kind);
  if (failures === undefined)
    return [
      ...partialDrafts(ownLookups(seen['dns-lookup']), wording.kind),
      ...intermittentDrafts(names, wording.kind, wording.next),
    ];
  const servers = serversOf(failures.failed);
  return [
    {
      about: failures.about,
      confidence: wording.confidence ?? 'likely',
      summary: wording.summary(
        servers.length === 0 ? 'the nameserver' : listed(servers),
        failures.about === undefined ? 'any name' : WHICH[failures.about],
        failures.about === undefined ? 'no name resolves' : `${WHICH[failures.about]} do not resolve`,
      ),
      evidence: [...failureLines(failures.failed), ...(wording.evidence ?? [])],
      next: wording.next,
    },
    // Names outside fail altogether, and those of the cluster now and then: both are told.
    ...(failures.about === 'external-name' ? intermittentDrafts(names, wording.kind, wording.next) : []),
  ];
};

/** One record type is answered and the other fails: programs that ask for both wait, or fail. A warning. */
const partialDrafts = (lookups: readonly Lookup[], kind: FailureKind): readonly FindingDraft[] => {
  const hit = lookups.filter(({ outcome }) => {
    const seen = measured(outcome);
    return seen?.kind === 'answered' && seen.partial === kind;
  });
  if (hit.length === 0) return [];
  const names = unique(hit.map(({ question }) => question.name));
  return [
    {
      about: 'one-record-type',
      severity: 'warning',
      confidence: 'likely',
      summary: `One record type (A or AAAA) of ${listed(names)} is answered, the other fails: ${KIND_WORDS[kind]}`,
      evidence: names.map((name) => `${name}: addresses came, beside a failure`),
    },
  ];
};

/** A warning: what failed is told beside what was answered. */
const intermittentDrafts = (
  names: Names,
  kind: FailureKind,
  next: readonly string[],
): readonly FindingDraft[] => {
  const hit = intermittent(names).filter((one) => one.kind === kind);
  if (hit.length === 0) return [];
  const beside = [names.cluster, names.external].flatMap((name) =>
    name.state === 'ok' ? [`${name.lookup.question.name}: answered`, ...name.failed.map(failureLine)] : [],
  );
  return [
    {
      about: 'intermittent',
      severity: 'warning',
      confidence: 'likely',
      summary: `Some lookups fail while others are answered: ${listed(hit.map(failureLine))}`,
      evidence: unique(beside),
      next,
    },
  ];
};
