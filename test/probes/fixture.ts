/** Fixtures: one recorded run of a tool a file, YAML, for a person to read. Under probes/ID/fixtures/ORIGIN/NAME.yaml. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { suite } from '../../probes/index.ts';
import type { ToolOutput } from '../../src/model/probe.ts';

const PROBES = fileURLToPath(new URL('../../probes/', import.meta.url));

export const ORIGINS = ['corpus', 'recorded', 'from-source'] as const;

const fixtureSchema = z.object({
  /** corpus: a capture made elsewhere; recorded: by record.ts, with our own argv; from-source: as upstream source would print it. */
  origin: z.enum(ORIGINS),
  /** Which build of the tool: bookworm, sid, busybox, musl-derived. */
  flavour: z.string(),
  /** The corpus's id, or the upstream file that the text is from. */
  source: z.string().optional(),
  /** What was really the case, in the corpus's words or as the kind of outcome; truth.ts holds the outcome against it. */
  truth: z.looseObject({ k: z.string() }),
  question: z.unknown(),
  argv: z.array(z.string()),
  resolvConf: z.string().optional(),
  exitCode: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  expected: z.looseObject({ kind: z.string() }),
});
export type Fixture = z.infer<typeof fixtureSchema>;

/** A probe, with its types forgotten: what a walk over all of them can use. */
export interface AnyProbe {
  readonly id: string;
  readonly tool: string;
  readonly summary: string;
  readonly question: (typeof suite)[number]['question'];
  readonly command: (question: unknown) => readonly string[];
  readonly timeLimitSeconds: (question: unknown) => number;
  readonly parse: (output: ToolOutput, question: unknown) => { readonly kind: string };
}

export const probes: readonly AnyProbe[] = suite.map(({ id, tool, summary, question, order, answer }) => ({
  id,
  tool,
  summary,
  question,
  command: (asked) => order(asked).argv,
  timeLimitSeconds: (asked) => order(asked).limitSeconds,
  parse: answer,
}));

export const probeOf = (id: string): AnyProbe => {
  const found = probes.find((probe) => probe.id === id);
  if (found === undefined) throw new Error(`no probe ${id}`);
  return found;
};

export const outputOf = (fixture: Pick<Fixture, 'exitCode' | 'stdout' | 'stderr'>): ToolOutput => ({
  exitCode: fixture.exitCode,
  stdout: fixture.stdout,
  stderr: fixture.stderr,
  cut: [],
});

const directoryOf = (probe: string): string => join(PROBES, probe, 'fixtures');

/** All fixtures of a probe by their path below its fixtures folder, sorted. */
export const fixturesOf = (probe: string): readonly (readonly [string, Fixture])[] =>
  ORIGINS.flatMap((origin) => {
    const directory = join(directoryOf(probe), origin);
    let names: string[];
    try {
      names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
    } catch {
      return [];
    }
    return names
      .sort()
      .map(
        (name) =>
          [
            `${origin}/${name}`,
            fixtureSchema.parse(parse(readFileSync(join(directory, name), 'utf8'))),
          ] as const,
      );
  });

export const writeFixture = (probe: string, name: string, fixture: Fixture): void => {
  const file = join(directoryOf(probe), fixture.origin, `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stringify(fixture, { lineWidth: 0, blockQuote: 'literal' }));
};
