import type { Observation } from '../../../probes/index.ts';
import {
  allNames,
  answer,
  clusterNames,
  directLookup,
  directQuery,
  externalNames,
  facts,
  fetchUrl,
  httpTimedOut,
  known,
  lookup,
  pod,
  type RuleCases,
  resolvConf,
  response,
  SERVFAIL,
  TIMED_OUT,
} from '../build.ts';

type Why = 'timed-out' | 'connection-refused' | 'unreachable' | 'server-failure' | 'query-refused';

/** The pod asks `first`, then the cluster's. */
const passing = (first: string, why: Why, durationMs = 4010): readonly Observation[] =>
  ['kubernetes.default.svc.cluster.local.', 'kubernetes.default.svc', 'example.com.', 'aliyun.com.'].map(
    (name) =>
      lookup(
        name,
        answer(name, name.startsWith('kubernetes') ? '10.96.0.1' : '203.0.113.10', {
          failedServers: [{ server: first, why }],
        }),
        durationMs,
      ),
  );

const OWN = '192.168.0.53';
const OWN_POD = pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [OWN, '10.96.0.10'] } } });
const own = (why: Why, durationMs?: number, ...more: readonly Observation[]) =>
  facts({
    pod: OWN_POD,
    observations: [...passing(OWN, why, durationMs), resolvConf([OWN, '10.96.0.10']), ...more],
  });
const FIRST = 'kubernetes.default.svc.cluster.local.';
const dropped = (server: string): typeof TIMED_OUT => ({
  kind: 'timed-out',
  failedServers: [{ server, why: 'timed-out' }],
});
const unknownAfter = (dead: string, server: string): typeof TIMED_OUT => ({
  kind: 'not-found',
  server,
  failedServers: [{ server: dead, why: 'timed-out' }],
});
/** The second of two is dead. */
const BEHIND = (options?: readonly string[]) =>
  facts({
    pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10', OWN] } } }),
    observations: [
      resolvConf(['10.96.0.10', OWN], options),
      directLookup(OWN, 'udp', dropped(OWN)),
      directLookup(OWN, 'tcp', dropped(OWN)),
      directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
    ],
  });
const DENY = known([
  { metadata: { name: 'only-dns', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Egress'] } },
]);

export const cases: RuleCases = {
  fires: [
    {
      name: 'the first of the own is dead',
      facts: own('timed-out'),
      summary:
        /^Nameserver 192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) fails and 10.96.0.10 answers after it: every lookup pays the wait$/,
      severity: 'error',
      confidence: 'likely',
      about: 'own-nameserver',
      tells: [
        /^192.168.0.53: no answer in time$/,
        /^lookups took up to 4.0 s$/,
        /dnsConfig}'$/,
        /^nslookup -timeout=2 example.com. 192.168.0.53$/,
      ],
    },
    {
      name: 'requests end before their names are there',
      facts: own('timed-out', 4010, fetchUrl('https://example.com/', httpTimedOut('name'))),
      summary: /pays the wait/,
      tells: [/^https:..example.com. has a name that did not resolve in time$/],
    },
    {
      name: 'it refuses, and so many ask that some are not told',
      facts: own('connection-refused', 4010),
      summary: /pays the wait/,
      severity: 'error',
    },
    {
      name: 'asked by itself it is silent as well',
      facts: own(
        'timed-out',
        4010,
        directLookup(OWN, 'udp', dropped(OWN)),
        directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
      ),
      summary: /pays the wait/,
      severity: 'error',
    },
    {
      name: 'it answers over TCP alone',
      facts: own('timed-out', 4010, directLookup(OWN, 'tcp', answer(FIRST, '10.96.0.1', { server: OWN }))),
      summary: /pays the wait/,
      severity: 'error',
    },
    {
      name: 'a policy selects the pod: less sure',
      facts: { ...own('timed-out'), evidence: { ...own('timed-out').evidence, networkPolicies: DENY } },
      summary: /pays the wait/,
      confidence: 'possible',
      tells: [/may be the reason: only-dns$/],
    },
    {
      name: 'cluster DNS is dead, and a second nameserver answers in its place',
      facts: facts({
        pod: pod({ spec: { dnsConfig: { nameservers: ['8.8.8.8'] } } }),
        observations: [
          ...clusterNames(unknownAfter('10.96.0.10', '8.8.8.8')),
          ...externalNames(
            answer('example.com', '203.0.113.10', {
              server: '8.8.8.8',
              failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
            }),
          ),
          resolvConf(['10.96.0.10', '8.8.8.8']),
        ],
      }),
      summary: /^Nameserver 10.96.0.10 fails and 8.8.8.8 answers after it/,
      severity: 'error',
      about: 'cluster-dns',
      tells: [/^kubectl get pods -n kube-system -l k8s-app=kube-dns -o wide$/],
    },
    {
      name: 'nothing outside was asked, and the second does not know names of the cluster',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [OWN, '192.168.0.54'] } } }),
        without: ['internet', 'external-name'],
        observations: [...clusterNames(unknownAfter(OWN, '192.168.0.54')), resolvConf([OWN, '192.168.0.54'])],
      }),
      summary: /and 192.168.0.54 answers after it: every lookup pays the wait$/,
      severity: 'error',
    },
    {
      name: 'a cache on the node is dead, and the Service behind it answers',
      facts: facts({
        observations: [...passing('169.254.20.10', 'timed-out'), resolvConf(['169.254.20.10', '10.96.0.10'])],
      }),
      summary: /^Nameserver 169.254.20.10 fails and 10.96.0.10 answers after it/,
      severity: 'error',
      tells: [/k8s-app=node-local-dns/],
    },
    {
      name: 'every lookup was ended by its time limit; asked by themselves, the first is silent and the second answers',
      facts: facts({
        pod: OWN_POD,
        observations: [
          ...allNames({ kind: 'did-not-run', reason: 'killed' }),
          resolvConf([OWN, '10.96.0.10']),
          directLookup(OWN, 'udp', dropped(OWN)),
          directQuery(OWN, { kind: 'timed-out', failedTries: [] }),
          directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
        ],
      }),
      summary: /fails and 10.96.0.10 answers after it: every lookup pays the wait$/,
      severity: 'error',
    },
    {
      name: 'the second is dead, and lookups begin with each in turn',
      facts: BEHIND(['rotate']),
      summary: /fails and 10.96.0.10 answers: lookups that begin with it pay the wait$/,
      severity: 'error',
      tells: [/^options rotate/],
    },
    {
      name: 'there is no way to it, which costs nothing',
      facts: own('unreachable', 4),
      summary: /fails at once \(nameserver unreachable\) and 10.96.0.10 answers after it$/,
      severity: 'warning',
    },
    {
      name: 'it declines all that was asked: it may hold a zone of its own',
      facts: own('query-refused', 4),
      summary: /fails at once \(REFUSED\)/,
      severity: 'warning',
    },
    {
      name: 'it answers SERVFAIL, after it has waited for servers of its own',
      facts: own('server-failure', 2010),
      summary: /pays the wait/,
      severity: 'error',
    },
    {
      name: 'a dead one behind a working one is never asked, but by us',
      facts: BEHIND(),
      summary:
        /^Nameserver 192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) does not answer. 10.96.0.10 is asked first and answers, so no lookup waits; where that one fails, nothing stands in$/,
      severity: 'warning',
      about: 'spare-nameserver',
      tells: [/^192.168.0.53: no answer in time$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it answers when it is asked by itself: it lost packets',
      facts: own('timed-out', 4010, directLookup(OWN, 'udp', answer(FIRST, '10.96.0.1', { server: OWN }))),
    },
    { name: 'dig is answered by it', facts: own('timed-out', 4010, directQuery(OWN, response(OWN))) },
    {
      name: 'one behind a working one, of which nothing was heard and nothing asked',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10', OWN] } } }),
        observations: [resolvConf(['10.96.0.10', OWN])],
      }),
    },
    {
      name: 'one behind a working one that answers us over UDP, and not over TCP',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10', OWN] } } }),
        observations: [
          resolvConf(['10.96.0.10', OWN]),
          directLookup(OWN, 'udp', answer(FIRST, '10.96.0.1', { server: OWN })),
          directLookup(OWN, 'tcp', dropped(OWN)),
          directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
        ],
      }),
    },
    {
      name: 'it declines names of the cluster, and answers names outside itself',
      facts: facts({
        pod: OWN_POD,
        observations: [
          ...passing(OWN, 'query-refused').slice(0, 2),
          ...externalNames(answer('example.com', '203.0.113.10', { server: OWN })),
          resolvConf([OWN, '10.96.0.10']),
        ],
      }),
    },
    {
      name: 'it is silent to nslookup, and gives dig what is no answer',
      facts: facts({
        pod: OWN_POD,
        observations: [
          ...allNames({ kind: 'did-not-run', reason: 'killed' }),
          resolvConf([OWN, '10.96.0.10']),
          directLookup(OWN, 'udp', dropped(OWN)),
          directQuery(OWN, { kind: 'server-failure', failedTries: [] }),
          directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
        ],
      }),
    },
    {
      name: 'it is silent to nslookup, and dig is answered',
      facts: facts({
        pod: OWN_POD,
        observations: [
          ...allNames({ kind: 'did-not-run', reason: 'killed' }),
          resolvConf([OWN, '10.96.0.10']),
          directLookup(OWN, 'udp', dropped(OWN)),
          directQuery(OWN, response(OWN)),
          directLookup('10.96.0.10', 'udp', answer(FIRST, '10.96.0.1')),
        ],
      }),
    },
    {
      name: 'a cache on the node answers; the Service behind it is only asked by us',
      facts: facts({
        observations: [
          ...['kubernetes.default.svc.cluster.local.', 'kubernetes.default.svc'].map((name) =>
            lookup(name, answer(name, '10.96.0.1', { server: '169.254.20.10' })),
          ),
          ...externalNames(answer('example.com', '203.0.113.10', { server: '169.254.20.10' })),
          resolvConf(['169.254.20.10']),
          directLookup('10.96.0.10', 'udp', TIMED_OUT),
          directLookup('10.96.0.10', 'tcp', TIMED_OUT),
        ],
      }),
    },
    {
      name: 'a server that answered other lookups lost one packet',
      facts: facts({
        observations: [
          lookup(
            'example.com.',
            answer('example.com', '203.0.113.10', {
              server: '10.96.0.11',
              failedServers: [{ server: '10.96.0.10', why: 'timed-out' }],
            }),
          ),
        ],
      }),
    },
    {
      name: 'it answered one lookup of four',
      facts: own('timed-out', 4010, lookup(FIRST, answer(FIRST, '10.96.0.1', { server: OWN }))),
    },
    {
      name: 'only answers over TCP failed, after UDP was cut',
      facts: facts({
        pod: OWN_POD,
        observations: [
          ...['kubernetes.default.svc.cluster.local.', 'kubernetes.default.svc'].map((name) =>
            lookup(
              name,
              answer(name, '10.96.0.1', {
                failedServers: [{ server: OWN, why: 'timed-out', transport: 'tcp' }],
              }),
            ),
          ),
          resolvConf([OWN, '10.96.0.10']),
        ],
      }),
    },
    { name: 'all are dead', facts: facts({ observations: allNames(TIMED_OUT) }) },
    { name: 'all decline', facts: facts({ observations: allNames(SERVFAIL) }) },
  ],
};
