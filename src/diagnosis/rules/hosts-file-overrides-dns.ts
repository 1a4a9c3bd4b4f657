import { hostsEntry } from '../../destination/hosts-file.ts';
import { defineRule, type Seen } from '../../model/rule.ts';
import { connectSymptoms } from '../destination/symptoms.ts';
import { canonical } from '../nameservers.ts';
import { measured } from '../observed.ts';
import { type Attempt, attemptsTo, type ConnectFailure, hostAsked } from '../reach.ts';
import { hostInCommand, inCommand, kubectl, listed, unique } from '../wording.ts';

const failureOf = ({ connect }: Attempt): readonly ConnectFailure[] =>
  connect === 'connected' || connect === 'no-name' || connect === 'unmeasured' ? [] : [connect];

/** What DNS says of the name, as far as it was asked. */
const inDns = (seen: Seen<'dns-lookup'>, host: string): readonly string[] =>
  seen['dns-lookup'].flatMap(({ purpose, question, outcome }) => {
    const answer = measured(outcome);
    const own = purpose === 'destination-name' || purpose === 'external-name';
    return own && question.name.replace(/\.$/, '') === host && answer?.kind === 'answered'
      ? answer.addresses.map(({ address }) => address)
      : [];
  });

const isUnknown = (seen: Seen<'dns-lookup'>, host: string): boolean =>
  seen['dns-lookup'].some(
    ({ question, outcome }) => question.name === host && measured(outcome)?.kind === 'not-found',
  );

/** An error where the address it leads to does not take connections; where it does, that DNS says otherwise is worth knowing. */
export default defineRule({
  id: 'hosts-file-overrides-dns',
  code: 'NC3014',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['pod'],
  probes: ['dns-lookup', 'tcp-connect', 'http-get'],
  evaluate: ({ destination, maybe, observations }) => {
    const entry = destination?.kind === 'pod' ? undefined : hostsEntry(destination?.host, maybe);
    const { host = '' } = destination ?? {};
    if (entry === undefined || maybe.pod.state !== 'known') return [];
    const attempts = attemptsTo(observations, 'destination');
    const byName = attempts.filter(({ observation }) => hostAsked(observation) === host);
    const others = attempts.filter((one) => !byName.includes(one));
    const works = (some: readonly Attempt[]): boolean => some.some(({ connect }) => connect === 'connected');
    const failed = works(byName) ? [] : byName.flatMap(failureOf);
    const dns = unique(inDns(observations, host));
    const own = entry.addresses.map(canonical);
    const differs = dns.length > 0 && !dns.some((address) => own.includes(canonical(address)));
    // Where the address that DNS knows fails as well, it is not the entry's fault.
    const broken = failed.length > 0 && (others.length === 0 || works(others));
    if (!broken && !differs) return [];
    const where = entry.from === 'own-name' ? "it is the pod's own name" : 'spec.hostAliases';
    const { name, namespace = 'default' } = maybe.pod.value.metadata;
    return [
      {
        severity: broken ? 'error' : 'info',
        confidence: broken && !(differs && works(others)) ? 'likely' : 'certain',
        summary: `The pod's own hosts file leads ${host} to ${listed(entry.addresses)} (${where})${differs ? `, and DNS to ${listed(dns)}` : ''}: apps go by the hosts file${broken ? ', and get no connection there' : ''}`,
        evidence: [
          ...unique((broken ? byName : []).map(({ text }) => text)),
          ...(isUnknown(observations, host) ? ['DNS does not know the name'] : []),
          ...(broken && works(others) ? unique(others.map(({ text }) => text)) : []),
        ],
        explains: broken ? connectSymptoms(failed) : [],
        next: [
          kubectl(namespace, 'get', 'pod', inCommand(name, 'POD'), '-o', "jsonpath='{.spec.hostAliases}'"),
          `getent hosts ${hostInCommand(host)}`,
        ],
      },
    ];
  },
});
