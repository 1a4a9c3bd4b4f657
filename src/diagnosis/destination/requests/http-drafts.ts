/** Requests to the destination that fail in one way: what was answered, by whom, and which endpoints do so. */
import type { InternetMode } from '../../../model/case.ts';
import type { Destination } from '../../../model/destination.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { httpTo } from '../../http.ts';
import type { Faulty, HttpFault, HttpGet } from '../../http-fault.ts';
import { OF_A_PROXY, statusText } from '../../http-status.ts';
import { interceptorOf } from '../../mesh.ts';
import { ofPurpose } from '../../observed.ts';
import type { ReachSeen } from '../../reach.ts';
import { couldBe, oneLine, unique } from '../../wording.ts';
import { endpointLines, logCommands, urlInCommand } from '../behind.ts';
import { type DestinationKnown, readDestination } from '../read.ts';
import { otherScheme } from './other-scheme.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Of an Ingress with several addresses: which of them was asked. */
const frontAsked = (all: readonly HttpGet[], { question }: HttpGet): string | undefined =>
  new Set(all.map((one) => one.question.connectTo?.address)).size > 1
    ? question.connectTo?.address
    : undefined;

/** A whole sentence, from the URL on. */
export const faultSentence = (
  { observation: { question, outcome }, fault, text }: Faulty,
  front?: string,
): string => {
  const url = front === undefined ? question.url : `${question.url} at ${front}`;
  const { total } = 'phases' in outcome ? outcome.phases : { total: 0 };
  if (outcome.kind === 'responded') {
    const { status, server } = outcome;
    return `${url} answers with ${statusText(status)}${server === undefined ? '' : ` (server: ${oneLine(server, 60)})`}`;
  }
  if (outcome.kind === 'timed-out') {
    if (outcome.phase === 'tls')
      return `${url} accepts the connection, and answers nothing to the TLS handshake for ${seconds(total)}`;
    return outcome.phase === 'transfer'
      ? `${url} begins its answer, and does not end it within ${seconds(total)}`
      : `${url} accepts the connection, and answers nothing for ${seconds(total)}`;
  }
  switch (outcome.kind) {
    case 'tls-failed':
      return fault === 'not-tls'
        ? `${url} is not answered in TLS: ask for ${otherScheme(question.url)}`
        : `${url} refuses the TLS handshake: ${oneLine(outcome.detail, 160)}`;
    case 'reset':
      return `${url} accepts the connection, and resets it when the request comes`;
    case 'empty':
      return `${url} accepts the connection, and closes it without an answer`;
    case 'partial':
      return `${url} begins its answer, and breaks it off`;
    case 'not-http':
      return `${url} answers with something that is not HTTP`;
    default:
      return `${url}: ${text}`;
  }
};

/** What the answer says of itself, and what else would look like it. */
const remarks = (
  { observation: { outcome }, fault }: Faulty,
  {
    mesh,
    behind,
    guessed,
  }: { readonly mesh: string | undefined; readonly behind: boolean; readonly guessed: boolean },
): readonly string[] => {
  if (outcome.kind === 'responded') {
    const { status, bodyStart = '' } = outcome;
    return [
      ...(bodyStart === '' || statusText(status).endsWith(bodyStart)
        ? []
        : [`it says: ${oneLine(bodyStart, 160)}`]),
      ...(OF_A_PROXY.includes(status) && !behind
        ? [couldBe('a proxy or load balancer that answers for a server behind it')]
        : []),
    ];
  }
  return [
    ...(mesh === undefined
      ? []
      : [`${mesh} in the pod accepted the connection: whether the destination was reached is not known`]),
    ...(fault === 'not-tls' && guessed
      ? ['https was asked for because of the name or number of the port, or because its owner says so']
      : []),
    ...LOOKS_LIKE[fault],
  ];
};

const LOOKS_LIKE: Readonly<Record<HttpFault, readonly string[]>> = {
  'handshake-failed': [
    couldBe(
      'a path that loses large packets, a filter that reads TLS, or a server that wants a certificate of the client (over TLS 1.2)',
    ),
  ],
  'not-tls': [
    couldBe('a port that speaks plain HTTP or another protocol, or a proxy that answers in its place'),
  ],
  'http-server-error': [],
  'http-no-answer': [couldBe('an app that hangs, or waits for something itself')],
  'http-empty-or-cut': [
    couldBe('an app that crashes on the request or restarts, another protocol than HTTP, or a proxy between'),
  ],
  'connection-reset': [couldBe('a server that restarts, or a firewall or proxy that reads the traffic')],
};

export const destinationHttpDrafts = (
  seen: ReachSeen,
  known: DestinationKnown,
  mode: InternetMode | undefined,
  destination: Destination,
  fault: HttpFault,
): readonly FindingDraft[] => {
  const { state, faulty } = httpTo(seen, 'destination', mode);
  const hits = state === 'failed' ? faulty.filter((one) => one.fault === fault) : [];
  const [first] = hits;
  if (first === undefined) return [];
  const { endpoints } = readDestination(destination, seen, known);
  const failing = (endpoints ?? []).filter(({ faults }) => faults.some((one) => one.fault === fault));
  const told = {
    mesh: interceptorOf(seen['tcp-connect']),
    behind: failing.length > 0,
    guessed: destination.url === undefined,
  };
  const { url } = first.observation.question;
  const asked = ofPurpose(seen['http-get'], 'destination');
  const front = frontAsked(asked, first.observation);
  const at = front === undefined ? '' : ` --connect-to ::${front.includes(':') ? `[${front}]` : front}:`;
  return [
    {
      about: 'destination',
      confidence: 'likely',
      summary: unique(hits.map((hit) => faultSentence(hit, frontAsked(asked, hit.observation)))).join('; '),
      evidence: [...endpointLines(endpoints), ...unique(hits.flatMap((one) => remarks(one, told)))],
      next:
        fault === 'not-tls'
          ? [`curl -v ${urlInCommand(otherScheme(url))}`]
          : [
              ...logCommands(
                failing.map(({ endpoint }) => endpoint),
                destination,
                known,
              ),
              `curl -vk${at} ${urlInCommand(url)}`,
            ],
    },
  ];
};
