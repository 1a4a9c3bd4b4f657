/** Requests and connections that ended while their name was looked up, although lookups of it by themselves do not fail. */
import type { Seen } from '../model/rule.ts';
import { ownLookups } from './answers.ts';
import { measured } from './observed.ts';
import { type Attempt, attemptsTo, hostAsked, hostOf, REACH_PURPOSES } from './reach.ts';

/** An address that the URL's name was not looked up for is not the name's. */
const hostOfAttempt = ({ observation }: Attempt): string =>
  observation.probe === 'http-get' ? (hostOf(observation.question.url) ?? '') : hostAsked(observation);

const plain = (name: string): string => name.replace(/\.$/, '').toLowerCase();

export const unresolvedInTime = (
  seen: Seen<'dns-lookup' | 'tcp-connect' | 'http-get'>,
): readonly Attempt[] => {
  const failing = ownLookups(seen['dns-lookup']).flatMap(({ question, outcome }) =>
    [undefined, 'answered'].includes(measured(outcome)?.kind) ? [] : [plain(question.name)],
  );
  return REACH_PURPOSES.flatMap((purpose) => attemptsTo(seen, purpose)).filter(
    (attempt) => attempt.connect === 'no-name' && !failing.includes(plain(hostOfAttempt(attempt))),
  );
};
