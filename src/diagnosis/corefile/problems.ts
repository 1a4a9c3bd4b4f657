/** The judgement of a Corefile: what CoreDNS refuses of it, what leads nowhere, and what of it cannot be seen. */
import { missingKubernetesZone, portNotServed } from './cluster-zone.ts';
import { repeatedZones } from './listeners.ts';
import { loopsOf } from './loops.ts';
import { parseCorefile } from './parse.ts';
import { blockProblems, problemOf, REFUSED } from './plugin-problems.ts';
import type { CorefileProblem, Surroundings } from './problem.ts';
import { brief, quote } from './quote.ts';
import { type Servers, serversOf } from './servers.ts';
import type { Corefile } from './tree.ts';

/** Files have an extension, a folder or a wildcard; what has none of them is the name of a snippet. */
const looksLikeFile = (pattern: string): boolean => /[./*?]/.test(pattern);

const importProblems = (
  { blocks, imports, selfImports }: Corefile,
  release: string | undefined,
): readonly CorefileProblem[] => [
  ...[...imports, ...blocks.flatMap((block) => block.imports)].map(
    ({ pattern, line }): CorefileProblem =>
      looksLikeFile(pattern)
        ? {
            kind: 'unseen-import',
            line,
            text: `CoreDNS reads ${brief(pattern)} here, which is not seen by this tool`,
            effect: 'none',
            certain: true,
          }
        : {
            kind: 'undefined-snippet',
            line,
            text: `there is no snippet ${quote(pattern)} before this line, nor is it likely to be a file`,
            ...REFUSED,
            certain: false,
          },
  ),
  ...selfImports.flatMap(({ pattern, line }) =>
    problemOf(
      {
        kind: 'bad-argument',
        plugin: 'import',
        line,
        text: `the snippet ${quote(pattern)} imports itself`,
        releases: { from: '1.13.0' },
      },
      release,
    ),
  ),
];

const nodeResolver = ({ all }: Servers): readonly CorefileProblem[] =>
  all
    .flatMap(({ upstreams }) => upstreams)
    .flatMap(({ to, line, plugin }) =>
      to.kind === 'resolv-file'
        ? [
            {
              kind: 'node-resolver',
              line,
              plugin,
              text: `${plugin} asks the nameservers in ${brief(to.path)}, which are mostly those of the node`,
              effect: 'none',
              certain: true,
            } as const,
          ]
        : [],
    );

const DNS_PORT = 53;

/** Sorted by line. `source`: the text of the Corefile. Nothing found means that nothing known to this tool speaks against it. */
export const corefileProblems = (source: string, around: Surroundings = {}): readonly CorefileProblem[] => {
  const parsed = parseCorefile(source);
  if (parsed.kind === 'syntax-error') {
    const { line, reason, certain } = parsed;
    return [{ kind: 'syntax-error', line, text: reason, ...REFUSED, certain }];
  }
  if (parsed.kind === 'too-large') {
    const text = 'snippets make this Corefile too large to be followed';
    return [{ kind: 'not-read', line: parsed.line, text, effect: 'none', certain: false }];
  }
  const { corefile } = parsed;
  const { release } = around;
  const servers = serversOf(corefile);
  return [
    ...corefile.blocks.flatMap((block) => blockProblems(block, release)),
    ...repeatedZones(servers.all, DNS_PORT),
    ...loopsOf(servers, around),
    ...portNotServed(servers, around.port),
    ...missingKubernetesZone(servers, around),
    ...importProblems(corefile, release),
    ...nodeResolver(servers),
  ].toSorted((a, b) => a.line - b.line);
};
