import type { Target } from '../../model/case.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { SERVER_PROBES, type ServersInTurn, serversInTurn } from '../dead-nameservers.ts';
import { dnsCommands } from '../dns-commands.ts';
import { policyDoubt } from '../flows/doubt.ts';
import { KIND_WORDS } from '../name-text.ts';
import { haveClusterDns, isNodeLocal } from '../nameservers.ts';
import { unresolvedInTime } from '../unresolved.ts';
import { WAY_EVIDENCE, WAY_PROBES, type WayEvidence } from '../way-out.ts';
import { nameserverCommands, serversInWords } from '../whose-nameservers.ts';
import { hostInCommand, listed, unique } from '../wording.ts';

const CLUSTER_NAME = 'kubernetes.default.svc.cluster.local.';

/** Names of the cluster that only its own nameserver knows: another that answers in its place does not. */
const UNKNOWN_TO_OTHERS: readonly string[] = [
  'name-not-found/cluster-name',
  'name-query-refused/cluster-name',
  'name-server-failure/cluster-name',
  'name-wrong-answer/cluster-name',
];

const secondsOf = (waited: ServersInTurn['waited']): string =>
  (Math.max(...waited.map(({ durationMs = 0 }) => durationMs)) / 1000).toFixed(1);

/** An error where lookups wait for it; a warning where they pass it at once, or where it stands behind one that answers. */
export default defineRule({
  id: 'one-nameserver-dead',
  code: 'NC3009',
  layer: 'name',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: [...SERVER_PROBES, ...WAY_PROBES],
  evaluate: ({ target, maybe, observations, destination }) => {
    const { dead, working, waited, rotates, spare } = serversInTurn(observations);
    const doubt = policyDoubt('nameserver', observations, maybe, destination);
    const unresolved = unresolvedInTime(observations);
    const inTurn = [true, false].flatMap((costly): readonly FindingDraft[] => {
      const hit = dead.filter((one) => one.costly === costly);
      if (hit.length === 0) return [];
      const servers = hit.map(({ server }) => server);
      const whys = unique(hit.flatMap((one) => one.whys.map((why) => KIND_WORDS[why])));
      const ofCluster = servers.filter((server) => haveClusterDns([server], maybe.dnsService) === true);
      const [many, answers] = [
        servers.length > 1,
        `${listed(working)} answer${working.length > 1 ? '' : 's'}`,
      ];
      const who = `Nameserver${many ? 's' : ''} ${serversInWords(servers, maybe)} fail${many ? '' : 's'}`;
      return [
        {
          ...(ofCluster.length === 0
            ? { about: 'own-nameserver' }
            : ofCluster.length === servers.length
              ? { about: 'cluster-dns' }
              : {}),
          severity: costly ? 'error' : 'warning',
          confidence: costly ? doubt.confidence : 'likely',
          summary: costly
            ? rotates
              ? `${who} and ${answers}: lookups that begin with ${many ? 'them' : 'it'} pay the wait`
              : `${who} and ${answers} after ${many ? 'them' : 'it'}: every lookup pays the wait`
            : `${who} at once (${listed(whys)}) and ${answers} after ${many ? 'them' : 'it'}`,
          evidence: [
            ...hit.map((one) => `${one.server}: ${listed(one.whys.map((why) => KIND_WORDS[why]))}`),
            ...(costly
              ? [
                  ...(waited.length === 0 ? [] : [`lookups took up to ${secondsOf(waited)} s`]),
                  ...(rotates ? ['options rotate: each lookup begins with another nameserver'] : []),
                  ...unresolved.map(({ text }) => text),
                ]
              : []),
            ...(costly ? doubt.lines : []),
          ],
          explains: [
            ...(costly ? unresolved.map(({ target: to }) => `named-target-dead/${to}`) : []),
            ...(ofCluster.length > 0 && haveClusterDns(working, maybe.dnsService) !== true
              ? UNKNOWN_TO_OTHERS
              : []),
          ],
          next: nameserverCommands(
            servers,
            ofCluster.length > 0 ? CLUSTER_NAME : 'example.com.',
            target,
            maybe,
            [
              ...(servers.some(isNodeLocal)
                ? ['kubectl get pods -n kube-system -l k8s-app=node-local-dns -o wide']
                : [dnsCommands(maybe.dnsService).pods]),
              ...servers.map((server) => `nslookup -timeout=2 ${CLUSTER_NAME} ${hostInCommand(server)}`),
            ],
          ),
        },
      ];
    });
    return [...inTurn, ...spareDrafts(spare, target, maybe)];
  },
});

/** No lookup waits for those, and none of them would stand in. */
const spareDrafts = (
  spare: ServersInTurn['spare'],
  target: Target,
  evidence: WayEvidence,
): readonly FindingDraft[] => {
  const [first] = spare;
  if (first === undefined) return [];
  const servers = spare.map(({ server }) => server);
  const several = first.before.length > 1;
  return [
    {
      about: 'spare-nameserver',
      severity: 'warning',
      confidence: 'likely',
      summary: `Nameserver${servers.length > 1 ? 's' : ''} ${serversInWords(servers, evidence)} ${servers.length > 1 ? 'do' : 'does'} not answer. ${listed(first.before)} ${several ? 'are' : 'is'} asked first and ${several ? 'answer' : 'answers'}, so no lookup waits; where ${several ? 'those fail' : 'that one fails'}, nothing stands in`,
      evidence: spare.map(({ server, whys }) => `${server}: ${listed(whys.map((why) => KIND_WORDS[why]))}`),
      next: nameserverCommands(
        servers,
        CLUSTER_NAME,
        target,
        evidence,
        servers.map((server) => `nslookup -timeout=2 ${CLUSTER_NAME} ${hostInCommand(server)}`),
      ),
    },
  ];
};
