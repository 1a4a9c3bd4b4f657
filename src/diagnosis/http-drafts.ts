/** What the rules about HTTP share: one draft for each destination whose requests fail in one way, and the frame around it. */
import type { InternetMode } from '../model/case.ts';
import { defineRule, type FindingDraft } from '../model/rule.ts';
import { DESTINATION_EVIDENCE } from './destination/read.ts';
import { destinationHttpDrafts } from './destination/requests/http-drafts.ts';
import { httpTo } from './http.ts';
import type { HttpFault } from './http-fault.ts';
import type { ReachSeen } from './reach.ts';
import { couldBe, listed } from './wording.ts';

/** What every pod needs; of a destination that was named, destination/http-drafts.ts tells. */
const GENERAL = ['kubernetes-api', 'internet'] as const;
const WHO: Readonly<Record<(typeof GENERAL)[number], string>> = {
  'kubernetes-api': 'the Kubernetes API',
  internet: 'the internet',
};

/**
 * One draft for each destination whose requests all fail, with those that fail in this way; a warning where they are answered, and
 * every answer is in doubt.
 */
export const httpDrafts = (
  seen: ReachSeen,
  mode: InternetMode | undefined,
  fault: HttpFault,
  more: Pick<FindingDraft, 'next' | 'evidence'> = {},
): readonly FindingDraft[] =>
  GENERAL.flatMap((purpose): readonly FindingDraft[] => {
    const { state, faulty, doubtful } = httpTo(seen, purpose, mode);
    const hits = (state === 'failed' ? faulty : state === 'ok' ? doubtful : []).filter(
      (f) => f.fault === fault,
    );
    const [first] = hits;
    if (first === undefined) return [];
    const urls = listed(hits.map(({ observation }) => observation.question.url));
    const told = hits.map(({ observation, text }) => `${observation.question.url}: ${text}`);
    if (state === 'ok')
      return [
        {
          about: purpose,
          severity: 'warning',
          confidence: 'possible',
          summary: `No site outside gives an answer that is surely its own: ${listed(told)}`,
          evidence: [
            couldBe(
              'a proxy, a firewall or a captive portal that answers in place of the sites, or an outage of them',
            ),
          ],
          next: hits.map(({ observation }) => `curl -v ${observation.question.url}`),
        },
      ];
    return [
      {
        about: purpose,
        confidence: 'likely',
        summary: `A connection to ${WHO[purpose]} stands, then fails: ${first.text} (${urls})`,
        ...more,
        evidence: [...told, ...(more.evidence ?? [])],
      },
    ];
  });

/** `id` is the fault itself; `looksLike`: what else would be seen so. */
export const httpRule = (rule: {
  readonly id: HttpFault;
  readonly code: string;
  readonly layer: 'tls' | 'protocol';
  readonly looksLike: string;
  readonly next: readonly string[];
}) =>
  defineRule({
    id: rule.id,
    code: rule.code,
    layer: rule.layer,
    role: 'symptom',
    severity: 'error',
    needs: [],
    uses: DESTINATION_EVIDENCE,
    probes: ['tcp-connect', 'http-get'],
    evaluate: ({ observations, maybe, internetMode, destination }) => [
      ...httpDrafts(observations, internetMode, rule.id, { evidence: [rule.looksLike], next: rule.next }),
      ...(destination === undefined
        ? []
        : destinationHttpDrafts(observations, maybe, internetMode, destination, rule.id)),
    ],
  });
