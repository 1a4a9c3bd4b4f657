import { defineRule } from '../../model/rule.ts';
import { dnsCommands } from '../dns-commands.ts';
import { policyCommands, policyDoubt } from '../flows/doubt.ts';
import { readNames } from '../names.ts';
import { haveServiceIP, podServers } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { WAY_EVIDENCE, WAY_PROBES } from '../way-out.ts';
import { listed, unique } from '../wording.ts';

const NO_ANSWER: readonly string[] = ['timed-out', 'connection-refused', 'unreachable'];

/** A warning: names resolve, until an answer is too large for UDP. */
export default defineRule({
  id: 'dns-tcp-blocked',
  code: 'NC3008',
  layer: 'name',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, maybe, observations, destination }) => {
    const { cluster, external } = readNames(observations, maybe);
    if (cluster.state !== 'ok' && external.state !== 'ok') return [];
    const lookups = observations['dns-lookup'];
    const answering = lookups.flatMap(({ question, outcome }) =>
      question.transport !== 'tcp' && 'server' in outcome && outcome.server !== undefined
        ? [outcome.server]
        : [],
    );
    const own = podServers(observations, maybe);
    // Of a server that was not asked over UDP (a cache on the node was) nothing is known; and one that is not the pod's is not its trouble.
    const overUdp = (server: string) =>
      answering.includes(server) && (own === undefined || haveServiceIP(own, [server]));
    const ports = ofPurpose(observations['tcp-connect'], 'nameserver').flatMap(({ question, outcome }) => {
      const kind = measured(outcome)?.kind;
      return overUdp(question.host) && kind !== undefined && kind !== 'open'
        ? [{ server: question.host, line: `TCP ${question.host}:53: ${kind}` }]
        : [];
    });
    // The port may be open, and the queries go nowhere.
    const queries = ofPurpose(lookups, 'nameserver-lookup').flatMap(({ question, outcome }) => {
      const { server, transport } = question;
      return server !== undefined &&
        transport === 'tcp' &&
        overUdp(server) &&
        NO_ANSWER.includes(outcome.kind)
        ? [{ server, line: `${question.name} asked of ${server} over TCP: ${outcome.kind}` }]
        : [];
    });
    const blocked = [...ports, ...queries];
    if (blocked.length === 0) return [];
    const doubt = policyDoubt('nameserver', observations, maybe, destination);
    const servers = listed(unique(blocked.map(({ server }) => server)));
    return [
      {
        confidence: 'certain',
        summary: `${servers} answers DNS over UDP, but not over TCP: answers that are too large for UDP will fail`,
        evidence: [...blocked.map(({ line }) => line), ...doubt.lines],
        next: [dnsCommands(maybe.dnsService).service, ...policyCommands(doubt, target.namespace)],
      },
    ];
  },
});
