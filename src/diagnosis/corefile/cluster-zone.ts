/** Whether the names of the cluster are answered by the plugin kubernetes, at the port at which they are asked. */
import { answererOf, mayAnswerAll } from './answerer.ts';
import { normalName } from './dns-words.ts';
import type { CorefileProblem, Surroundings } from './problem.ts';
import { brief } from './quote.ts';
import type { Servers } from './servers.ts';
import { kubernetesZonesOf } from './stanzas.ts';

const DNS_PORT = 53;
const MOST_SHOWN = 6;
const withoutDot = (zone: string): string => (zone === '.' ? zone : zone.replace(/\.$/, ''));

/** `kubernetes cluster.local` on line 7, or undefined where there is none at all. */
const zonesInWords = (servers: Servers): string | undefined => {
  const all = servers.all.flatMap(({ block, keys }) => kubernetesZonesOf(block, keys) ?? []);
  const zones = [...new Set(all.flatMap((each) => each.zones))].map((zone) => brief(withoutDot(zone)));
  return all.length === 0 ? undefined : zones.slice(0, MOST_SHOWN).join(', ');
};

/** `port`: undefined where it is not known; then any will do. */
export const portNotServed = (servers: Servers, port: number | undefined): readonly CorefileProblem[] => {
  const served = port === undefined ? servers.ports.size > 0 : servers.ports.has(port);
  if (served || servers.open) return [];
  const ports = [...servers.ports].slice(0, MOST_SHOWN).join(', ');
  const none = 'no server block serves plain DNS';
  const other = `no server block serves port ${port}, at which the pods are asked; there are blocks for ${ports}`;
  return [
    {
      kind: 'port-not-served',
      line: 1,
      text: ports === '' ? none : other,
      effect: 'fails-names',
      certain: true,
    },
  ];
};

/**
 * None where somebody clearly meant the names to be answered elsewhere: by a block of their own without kubernetes (NodeLocal DNSCache has
 * such), or by a forward of just that zone.
 */
export const missingKubernetesZone = (
  servers: Servers,
  { clusterDomain = 'cluster.local', port = DNS_PORT }: Surroundings,
): readonly CorefileProblem[] => {
  const zone = normalName(clusterDomain);
  const answered = answererOf(servers, `kubernetes.default.svc.${zone}`, port);
  if (answered === undefined) {
    const unserved = !servers.ports.has(port) || servers.open;
    return unserved
      ? []
      : [problem(1, `no server block serves the names of ${withoutDot(zone)}`, servers, true)];
  }
  const { server, by, certain } = answered;
  const { block, keys } = server;
  const kubernetes = kubernetesZonesOf(block, keys);
  // Only a zone that is just the cluster's makes kubernetes read what stands before it as Service and namespace.
  if (kubernetes?.open || kubernetes?.zones.some((each) => each === zone)) return [];
  const aside = by.kind === 'upstreams' && by.upstreams[0]?.from !== '.';
  if (kubernetes === undefined && (answered.zone !== '.' || aside)) return [];
  const sure = certain && block.imports.length === 0 && !mayAnswerAll(block);
  const which = `the server block for ${brief(withoutDot(answered.zone))} has no kubernetes for ${withoutDot(zone)}`;
  return [problem(kubernetes?.line ?? block.line, which, servers, sure)];
};

const problem = (line: number, text: string, servers: Servers, certain: boolean): CorefileProblem => {
  const zones = zonesInWords(servers);
  return {
    kind: 'missing-kubernetes-zone',
    line,
    text: `${text}; ${zones === undefined ? 'there is none in the Corefile' : `kubernetes serves ${zones} alone`}`,
    effect: 'fails-names',
    certain,
    plugin: 'kubernetes',
  };
};
