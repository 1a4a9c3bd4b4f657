/** What the rules about lookups share: one draft for the lookups that fail in one way. */
import type { Target } from '../model/case.ts';
import type { Confidence } from '../model/finding.ts';
import type { FindingDraft } from '../model/rule.ts';
import { type Lookup, ownLookups } from './answers.ts';
import { intermittent } from './intermittent.ts';
import { failuresOf, serversOf } from './name-failures.ts';
import type { FailedLookup, FailureKind, NamePurpose } from './name-state.ts';
import { failureLine, failureLines, KIND_WORDS } from './name-text.ts';
import { type Names, readNames } from './names.ts';
import { type NamesEvidence, type NamesSeen, podServers } from './nameservers.ts';
import { measured, ofPurpose } from './observed.ts';
import { nameserverCommands, serversInWords } from './whose-nameservers.ts';
import { listed, unique } from './wording.ts';

/** What is known, and of which pod. */
export interface NamesFacts {
  readonly target: Target;
  readonly seen: NamesSeen;
  readonly evidence: NamesEvidence;
}

export interface Wording {
  readonly kind: FailureKind;
  /** From the nameservers (`10.96.0.10`, or `the nameserver`), with whose they are, the names that were asked, and what follows; at last, the nameservers alone. */
  readonly summary: (servers: string, names: string, effect: string, alone: string) => string;
  /** Told where a server that failed is the cluster's, or none is known; about others other commands are. */
  readonly ofCluster: readonly string[];
  /** Told in front of these, and behind them, in any case. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly confidence?: Confidence;
  readonly evidence?: readonly string[];
}

const WHICH: Record<NamePurpose, string> = {
  'cluster-name': "the cluster's own names",
  'external-name': 'names outside the cluster',
  'destination-name': "the destination's name",
};

/** Those that the tool named; where it named none, the pod's. */
const serversBehind = (
  failed: readonly FailedLookup[],
  { seen, evidence }: NamesFacts,
): readonly string[] => {
  const named = serversOf(failed);
  return named.length > 0 ? named : (podServers(seen, evidence) ?? []);
};

const nextFor = (
  failed: readonly FailedLookup[],
  { before = [], ofCluster, after = [] }: Wording,
  facts: NamesFacts,
): readonly string[] => {
  const outside = failed.find(({ lookup }) => lookup.purpose === 'external-name') ?? failed[0];
  const name = outside?.lookup.question.name ?? 'NAME';
  const servers = serversBehind(failed, facts);
  return [...before, ...nameserverCommands(servers, name, facts.target, facts.evidence, ofCluster), ...after];
};

export const lookupDrafts = (facts: NamesFacts, wording: Wording): readonly FindingDraft[] => {
  const { seen, evidence } = facts;
  const names = readNames(seen, evidence);
  const failures = failuresOf(names, wording.kind);
  if (failures === undefined)
    return [
      ...partialDrafts(ownLookups(seen['dns-lookup']), wording.kind),
      ...intermittentDrafts(names, wording, facts),
    ];
  const servers = serversBehind(failures.failed, facts);
  return [
    {
      about: failures.about,
      confidence: wording.confidence ?? 'likely',
      summary: wording.summary(
        servers.length === 0 ? 'the nameserver' : serversInWords(servers, evidence),
        failures.about === undefined ? 'any name' : WHICH[failures.about],
        failures.about === undefined ? 'no name resolves' : `${WHICH[failures.about]} do not resolve`,
        servers.length === 0 ? 'the nameserver' : listed(servers),
      ),
      evidence: [
        ...failureLines(failures.failed),
        ...byItselfLines(seen, servers),
        ...(wording.evidence ?? []),
      ],
      next: nextFor(failures.failed, wording, facts),
    },
    // Names outside fail altogether, and those of the cluster now and then: both are told.
    ...(failures.about === 'external-name' ? intermittentDrafts(names, wording, facts) : []),
  ];
};

/** `10.96.0.10 by itself: no answer in time over UDP, answered over TCP` */
const byItselfLines = (seen: NamesSeen, servers: readonly string[]): readonly string[] =>
  servers.flatMap((server) => {
    const told = ofPurpose(seen['dns-lookup'], 'nameserver-lookup').flatMap(({ question, outcome }) => {
      const kind = measured(outcome)?.kind;
      if (question.server !== server || kind === undefined) return [];
      const what = kind === 'answered' ? 'answered' : KIND_WORDS[kind];
      return [{ what, over: question.transport === 'tcp' ? 'TCP' : 'UDP' }];
    });
    const whats = unique(told.map(({ what }) => what)).map(
      (what) => `${what} over ${listed(told.flatMap((one) => (one.what === what ? [one.over] : [])))}`,
    );
    return whats.length === 0 ? [] : [`${server} by itself: ${whats.join(', ')}`];
  });

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
const intermittentDrafts = (names: Names, wording: Wording, facts: NamesFacts): readonly FindingDraft[] => {
  const hit = intermittent(names).filter(({ kind }) => kind === wording.kind);
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
      evidence: unique([...beside, ...hit.map(failureLine)]),
      next: nextFor(hit, wording, facts),
    },
  ];
};
