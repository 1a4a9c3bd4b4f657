import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { type CorefileProblem, corefileProblems } from '../corefile/index.ts';
import { COREFILE_EVIDENCE, corefileText, surroundings } from '../corefile-facts.ts';
import { dnsCommands } from '../dns-commands.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES, resolvConfOf } from '../nameservers.ts';
import { isReady, podTroubles } from '../pods.ts';

const lineText = ({ line, text, nearest }: CorefileProblem): string =>
  `line ${line} of the Corefile: ${text}${nearest === undefined ? '' : `; ${nearest} may have been meant`}`;

const STOPS: readonly CorefileProblem['effect'][] = ['refuses-to-start', 'halts'];

/** What a CoreDNS that cannot start, or has no zone for the cluster, leads to. */
const EXPLAINS: Readonly<Record<'stops' | 'fails-names', readonly string[]>> = {
  stops: ['dns-pods-not-ready', 'dns-service-without-endpoints', 'container-crash-loop/dns'],
  'fails-names': [
    'name-not-found/cluster-name',
    'name-server-failure/cluster-name',
    'name-query-refused/cluster-name',
    'nameserver-silent/cluster-name',
    'name-wrong-answer/cluster-name',
    'name-not-found/destination-name',
    'name-server-failure/destination-name',
    'name-query-refused/destination-name',
    'name-server-failure',
    'name-query-refused',
  ],
};

/**
 * An old pod goes on with the configuration that it began with: while it lives names resolve, and a warning tells of what its
 * successor will do. What other releases or builds may take is told only where pods of DNS do crash.
 */
export default defineRule({
  id: 'corefile-invalid',
  code: 'NC3104',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['corefile'],
  uses: [...NAME_EVIDENCE, ...COREFILE_EVIDENCE],
  probes: NAME_PROBES,
  evaluate: ({
    destination,
    evidence: { corefile },
    maybe,
    observations,
    findings,
  }): readonly FindingDraft[] => {
    const known = { ...maybe, corefile: { state: 'known', value: corefile } as const };
    const text = corefileText(known);
    if (text === undefined) return [];
    const problems = corefileProblems(text, surroundings(known, resolvConfOf(observations)?.search ?? []));
    const pods = maybe.dnsPods.state === 'known' ? maybe.dnsPods.value : [];
    const crashing = pods.filter((pod) => !isReady(pod) && podTroubles(pod).length > 0);
    const { cluster } = readNames(observations, maybe);
    const stops = problems.filter(
      ({ effect, certain }) => STOPS.includes(effect) && (certain || crashing.length > 0),
    );
    const nameless =
      cluster.state === 'failed'
        ? problems.filter(({ effect, certain }) => effect === 'fails-names' && certain)
        : [];
    const commands = dnsCommands(maybe.dnsService);
    const next = [
      crashing.length > 0 ? commands.previousLogs : commands.logs,
      commands.config,
      commands.pods,
    ];
    const [first] = stops;
    if (first !== undefined) {
      const down = findings.some(
        ({ id, severity }) =>
          ['dns-service-without-endpoints', 'dns-pods-not-ready'].includes(id) && severity === 'error',
      );
      return [
        {
          // Beside a question about one destination it is no more than worth knowing.
          severity: down ? 'error' : destination === undefined ? 'warning' : 'info',
          confidence: crashing.length > 0 && first.certain ? 'certain' : 'likely',
          summary: `CoreDNS does not ${first.effect === 'halts' ? 'go on' : 'start'} with this configuration: ${lineText(first)}${down ? '' : '. Pods that run go on with the one that they began with, until they are replaced'}`,
          evidence: [
            ...stops.map(lineText),
            ...crashing.flatMap((pod) =>
              podTroubles(pod).map((trouble) => `pod ${pod.metadata.name}: ${trouble}`),
            ),
          ].slice(0, 8),
          explains: EXPLAINS.stops,
          next,
          mend: commands.editConfig,
        },
      ];
    }
    const [zone] = nameless;
    return zone === undefined
      ? []
      : [
          {
            confidence: 'likely',
            summary: `CoreDNS does not answer for the cluster's names with this configuration: ${lineText(zone)}`,
            evidence: nameless.map(lineText),
            explains: EXPLAINS['fails-names'],
            next,
            mend: commands.editConfig,
          },
        ];
  },
});
