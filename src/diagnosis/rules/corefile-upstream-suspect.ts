import type { Observation } from '../../../probes/index.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import type { Upstream } from '../corefile/index.ts';
import { COREFILE_EVIDENCE, outsideUpstreams } from '../corefile-facts.ts';
import { dnsCommands } from '../dns-commands.ts';
import { failureLines } from '../name-text.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { hostInCommand, listed } from '../wording.ts';

type Query = Extract<Observation, { probe: 'dns-query' }>;

/** Addresses for examples and benchmarks: they may be used inside of a company all the same. */
const PERHAPS: readonly string[] = ['documentation', 'benchmarking', 'link-local'];

const addressOf = ({ to }: Upstream): string => (to.kind === 'address' ? to.ip : '');

/** `233.5.5.5 (line 12), a multicast address: no server can be there` */
const oddText = (upstream: Upstream): string =>
  `${addressOf(upstream)} (line ${upstream.line}), ${upstream.suspicious === 'impossible-port' ? 'a port that cannot be' : `a ${upstream.suspicious ?? ''} address`}: no server can be there`;

/** Nothing came back from it, asked from this pod. */
const isDeaf = (queries: readonly Query[], upstream: Upstream): boolean =>
  queries.some(({ question, outcome }) => {
    const kind = measured(outcome)?.kind;
    return (
      question.server === addressOf(upstream) &&
      kind !== undefined &&
      kind !== 'response' &&
      kind !== 'server-failure'
    );
  });

const EXPLAINS = [
  'upstream-dns-broken',
  'nameserver-silent/external-name',
  'name-server-failure/external-name',
  'name-query-refused/external-name',
] as const;

/** All that names outside are forwarded to is dead or cannot be a server. One of several that cannot be is a warning: it costs time. */
export default defineRule({
  id: 'corefile-upstream-suspect',
  code: 'NC3103',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: ['corefile'],
  uses: [...NAME_EVIDENCE, ...COREFILE_EVIDENCE],
  probes: [...NAME_PROBES, 'dns-query'],
  evaluate: ({ evidence: { corefile }, maybe, observations }): readonly FindingDraft[] => {
    const known = { ...maybe, corefile: { state: 'known', value: corefile } as const };
    const targets = outsideUpstreams(known).filter(({ to }) => to.kind === 'address');
    const { cluster, external } = readNames(observations, maybe);
    const queries = ofPurpose(observations['dns-query'], 'upstream');
    const odd = targets.filter(({ suspicious }) => suspicious !== undefined && !PERHAPS.includes(suspicious));
    const deaf = targets.filter((upstream) => !odd.includes(upstream) && isDeaf(queries, upstream));
    const fails = external.state === 'failed' && cluster.state === 'ok';
    const all = targets.length > 0 && odd.length + deaf.length === targets.length;
    if (odd.length === 0 && !(fails && all)) return [];
    const commands = dnsCommands(maybe.dnsService);
    return [
      {
        about: odd.length > 0 ? 'impossible' : 'unreached',
        // Beside a question about the cluster alone it is no more than worth knowing.
        severity: fails && all ? 'error' : external.state === 'not-asked' ? 'info' : 'warning',
        confidence: odd.length > 0 ? 'certain' : 'likely',
        summary: `CoreDNS forwards names outside the cluster to ${listed([...odd.map(oddText), ...deaf.map((one) => `${addressOf(one)} (line ${one.line}), which does not answer this pod either`)])}`,
        evidence: [
          ...targets.map(
            ({ line, from, to, plugin }) =>
              `line ${line} of the Corefile: ${plugin} ${from ?? ''} ${to.kind === 'address' ? to.ip : ''}`,
          ),
          ...(external.state === 'failed' ? failureLines(external.failed) : []),
        ],
        explains: fails && all ? EXPLAINS : [],
        next: [
          commands.config,
          ...deaf
            .slice(0, 2)
            .map((one) => `nslookup -timeout=2 example.com. ${hostInCommand(addressOf(one))}`),
          commands.logs,
        ],
        mend: commands.editConfig,
      },
    ];
  },
});
