/** Reads the lookups of one purpose: did one bring the right address, and if not, what tells most of why. */
import { hostsEntry } from '../destination/hosts-file.ts';
import { type Answered, type Lookup, whyWrong } from './answers.ts';
import { canonical, type NamesEvidence, type NamesSeen, resolvConfOf } from './nameservers.ts';
import { type Measured, measured, ofPurpose } from './observed.ts';

type Outcome = Measured<Lookup['outcome']>;
/** `wrong-answer`: addresses came that cannot be right. */
export type FailureKind = Exclude<Outcome['kind'], 'answered'> | 'wrong-answer';
export type NamePurpose = 'cluster-name' | 'external-name' | 'destination-name';

export interface FailedLookup {
  readonly lookup: Lookup;
  readonly outcome: Outcome;
  readonly kind: FailureKind;
  /** For a wrong answer: what came, in words. */
  readonly why?: string;
}

export type NameState =
  /** `failed`: lookups of the same purpose that failed beside it. */
  | {
      readonly state: 'ok';
      readonly lookup: Lookup;
      readonly outcome: Answered;
      readonly failed: readonly FailedLookup[];
    }
  /** `kind`: what it failed with, where several things happened the one that tells most. */
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly failed: readonly FailedLookup[] }
  /** `why` is there where all was measured and still cannot be told. */
  | { readonly state: 'unknown'; readonly lookups: readonly Lookup[]; readonly why?: string }
  | { readonly state: 'not-asked' }
  | { readonly state: 'not-applicable'; readonly why: string; readonly failed: readonly FailedLookup[] };

/**
 * An rcode tells more than silence: something answered. A refused port too: the kernel limits how many ICMP errors it sends, so
 * of several queries that are refused some hear nothing. NXDOMAIN last, as one form of a name may rightly not exist.
 */
const TELLING: readonly FailureKind[] = [
  'server-failure',
  'query-refused',
  'connection-refused',
  'unreachable',
  'timed-out',
  'wrong-answer',
  'not-found',
  'no-data',
];
export const REFUSALS: readonly FailureKind[] = ['connection-refused', 'unreachable'];
/** Answers that a server gives for names that it does not know. */
export const UNKNOWING: readonly FailureKind[] = ['not-found', 'no-data', 'wrong-answer'];

const isAbsolute = ({ question: { name } }: Lookup): boolean => name.endsWith('.');

/**
 * Whether it has failed although other lookups of the purpose brought nothing. Another site might still resolve, and the other
 * form of the cluster's name; where the cluster's domain is not cluster.local, the absolute name is passed to the upstream
 * servers, whose failure it then tells. A port that refuses does so for every name.
 */
const provenBy = (
  kind: FailureKind,
  failed: readonly FailedLookup[],
  purpose: NamePurpose,
  domainIsUsual: boolean,
): boolean => {
  if (purpose === 'external-name' || UNKNOWING.includes(kind)) return false;
  return (
    REFUSALS.includes(kind) ||
    domainIsUsual ||
    failed.some((one) => one.kind === kind && !isAbsolute(one.lookup))
  );
};

/**
 * Cluster DNS says by itself that there is no such Service. The name as an app writes it then goes on to the servers outside, and what
 * becomes of it there is not about the Service.
 */
const isUnknownInCluster = ({ question, outcome }: Lookup): boolean =>
  measured(outcome)?.kind === 'not-found' && /\.svc\.cluster\.local\.$/i.test(question.name);

const HOSTS_FILE = "the name stands in the pod's own hosts file";

/** What became of the lookups of one purpose, each read by itself. */
export const nameState = (seen: NamesSeen, evidence: NamesEvidence, purpose: NamePurpose): NameState => {
  const all = ofPurpose(seen['dns-lookup'], purpose);
  if (all.length === 0) return { state: 'not-asked' };
  // A Service has to be found by the name that the app writes: that its full name resolves is of no use to it.
  const written = all.filter((lookup) => !isAbsolute(lookup));
  const asked = purpose === 'destination-name' && written.length > 0 ? written : all;
  const byHosts = (name: string): boolean =>
    purpose !== 'cluster-name' && hostsEntry(name.replace(/\.$/, ''), evidence) !== undefined;
  const right: { readonly lookup: Lookup; readonly outcome: Answered }[] = [];
  const failed: FailedLookup[] = [];
  const unmeasured: Lookup[] = [];
  for (const lookup of asked) {
    const outcome = measured(lookup.outcome);
    if (outcome === undefined) unmeasured.push(lookup);
    else if (outcome.kind !== 'answered') failed.push({ lookup, outcome, kind: outcome.kind });
    else {
      const why = whyWrong(lookup, outcome, evidence);
      if (why === undefined) right.push({ lookup, outcome });
      else failed.push({ lookup, outcome, kind: 'wrong-answer', why });
    }
  }
  const [first] = right;
  if (first !== undefined) return { state: 'ok', ...first, failed };
  // What apps get from the hosts file they do not ask DNS for.
  if (asked.every(({ question }) => byHosts(question.name)))
    return { state: 'not-applicable', why: `${HOSTS_FILE}: DNS is not asked for it`, failed };
  const unknown = purpose === 'destination-name' && all.some(isUnknownInCluster);
  const kind = unknown
    ? 'not-found'
    : TELLING.find((candidate) => failed.some((one) => one.kind === candidate));
  const usual =
    resolvConfOf(seen)?.search.some((domain) => /^svc\.cluster\.local\.?$/i.test(domain)) === true;
  if (kind !== undefined && (unmeasured.length === 0 || provenBy(kind, failed, purpose, usual)))
    return { state: 'failed', kind, failed };
  const byFirst = purpose === 'cluster-name' ? answeredByFirst(seen, evidence) : undefined;
  return byFirst === undefined
    ? { state: 'unknown', lookups: unmeasured }
    : { state: 'ok', ...byFirst, failed };
};

/**
 * The cluster's name, asked of the pod's first nameserver by itself. Apps ask that one first, and take its answer; nslookup does not show
 * an answer without recursion, which is how CoreDNS answers for the cluster, and asks the next nameserver in its place.
 */
const answeredByFirst = (
  seen: NamesSeen,
  evidence: NamesEvidence,
): { readonly lookup: Lookup; readonly outcome: Answered } | undefined => {
  const conf = resolvConfOf(seen);
  const [first] = conf?.nameservers ?? [];
  if (first === undefined || conf?.otherOptions?.includes('rotate') === true) return undefined;
  return ofPurpose(seen['dns-lookup'], 'nameserver-lookup').flatMap((lookup) => {
    const { server, transport } = lookup.question;
    const outcome = measured(lookup.outcome);
    if (transport === 'tcp' || server === undefined || outcome?.kind !== 'answered') return [];
    const right = whyWrong({ ...lookup, purpose: 'cluster-name' }, outcome, evidence) === undefined;
    return right && canonical(server) === canonical(first) ? [{ lookup, outcome }] : [];
  })[0];
};
