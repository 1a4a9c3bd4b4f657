/** Zones that two server blocks serve at one place: CoreDNS refuses the second. */
import type { CorefileProblem } from './problem.ts';
import { quote } from './quote.ts';
import type { Server } from './servers.ts';
import { type Bound, boundOf, has } from './stanzas.ts';

/** One zone of a key. */
interface Claim {
  /** Two blocks with the same one are rivals. */
  readonly place: string;
  /** As it is written, but for the dot. */
  readonly zone: string;
  readonly key: string;
  readonly line: number;
  /** Whether the key names its port, in place of leaving it to a flag of CoreDNS. */
  readonly namesPort: boolean;
  /** Files may add `bind` or `view` to the block. */
  readonly imports: boolean;
}

interface Taken {
  everywhere?: Claim;
  readonly at: Map<string, Claim>;
}

const claimsOf = ({ block, keys }: Server, defaultPort: number): readonly (readonly Claim[])[] =>
  keys.map(({ text, line, transport, port, zones, spelt }) =>
    zones.map((zone, index) => ({
      place: `${transport}://${zone}:${port ?? defaultPort}`,
      zone: spelt[index] ?? zone,
      key: text,
      line,
      namesPort: port !== undefined,
      imports: block.imports.length > 0,
    })),
  );

/** A block that is bound to an address may share its zone with others that are bound, though not with one that listens everywhere. */
const rivalOf = ({ everywhere, at }: Taken, bound: Bound | undefined): Claim | undefined => {
  if (bound === undefined) return everywhere ?? [...at.values()][0];
  return everywhere ?? bound.addresses.map((address) => at.get(address)).find((claim) => claim !== undefined);
};

const take = (taken: Taken, claim: Claim, bound: Bound | undefined): void => {
  if (bound === undefined) taken.everywhere ??= claim;
  else for (const address of bound.addresses) if (!taken.at.has(address)) taken.at.set(address, claim);
};

const problemOf = (claim: Claim, rival: Claim): CorefileProblem => ({
  kind: 'repeated-zone',
  line: claim.line,
  text: `${quote(claim.key)} is served already by the server block with ${quote(rival.key)} on line ${rival.line}`,
  effect: 'refuses-to-start',
  // Before 1.14.7, capitals made another zone.
  certain:
    claim.namesPort === rival.namesPort && claim.zone === rival.zone && !claim.imports && !rival.imports,
});

/** One for each key that has any. `defaultPort`: of keys that name none. */
export const repeatedZones = (
  servers: readonly Server[],
  defaultPort: number,
): readonly CorefileProblem[] => {
  const places = new Map<string, Taken>();
  return servers.flatMap((server) => {
    const bound = boundOf(server.block);
    // Views of one zone stand side by side; the name of an interface may mean any addresses.
    if (has(server.block, 'view') || bound?.open) return [];
    return claimsOf(server, defaultPort).flatMap((claims) => {
      const problems = claims.flatMap((claim) => {
        const taken: Taken = places.get(claim.place) ?? { at: new Map() };
        places.set(claim.place, taken);
        const rival = rivalOf(taken, bound);
        take(taken, claim, bound);
        return rival === undefined ? [] : [problemOf(claim, rival)];
      });
      return problems.slice(0, 1);
    });
  });
};
