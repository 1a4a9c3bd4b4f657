/**
 * Prints how well the parsers read: a line for each flavour, tool and kind of truth. Over the fixtures in the repository, or over
 * the captures in the file that is named: node test/probes/corpus.ts [captures.jsonl]. Exit 1 when anything was read wrongly.
 */
import { asksOf, capturesIn } from './capture.ts';
import { fixturesOf, outputOf, probeOf, probes } from './fixture.ts';
import { JUDGEMENTS, type Judgement, judge } from './truth.ts';

interface Read {
  readonly name: string;
  readonly flavour: string;
  readonly tool: string;
  readonly truth: { readonly k: string };
  readonly outcome: { readonly kind: string };
  readonly judgement: Judgement;
}

const readFixtures = (): readonly Read[] =>
  probes.flatMap((probe) =>
    fixturesOf(probe.id).map(([path, fixture]) => {
      const outcome = probe.parse(outputOf(fixture), fixture.question);
      const judgement = judge(probe.id, fixture.flavour, fixture.truth, { ...outcome });
      return {
        name: `${probe.id}/${path}`,
        flavour: fixture.flavour,
        tool: probe.tool,
        truth: fixture.truth,
        outcome,
        judgement,
      };
    }),
  );

const readCaptures = (file: string): readonly Read[] =>
  capturesIn(file).flatMap((capture) =>
    asksOf(capture).map(({ probe, question, truth }) => {
      const outcome = probeOf(probe).parse(outputOf(capture), question);
      return {
        name: capture.id,
        flavour: capture.flavour,
        tool: capture.tool,
        truth,
        outcome,
        judgement: judge(probe, capture.flavour, truth, { ...outcome }),
      };
    }),
  );

const row = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell, index) =>
      index < 3 ? String(cell).padEnd([14, 10, 24][index] ?? 0) : String(cell).padStart(11),
    )
    .join('');

const count = (reads: readonly Read[]): readonly number[] =>
  JUDGEMENTS.map((judgement) => reads.filter((read) => read.judgement === judgement).length);

const tableOf = (reads: readonly Read[]): readonly string[] => {
  const keyOf = ({ flavour, tool, truth }: Read): string => `${flavour}\t${tool}\t${truth.k}`;
  const keys = [...new Set(reads.map(keyOf))].sort();
  const flavours = [...new Set(reads.map(({ flavour }) => flavour))].sort();
  return [
    row(['flavour', 'tool', 'truth', ...JUDGEMENTS]),
    ...keys.map((key) => row([...key.split('\t'), ...count(reads.filter((read) => keyOf(read) === key))])),
    '',
    ...flavours.map((flavour) =>
      row([flavour, '', 'all', ...count(reads.filter((read) => read.flavour === flavour))]),
    ),
    row(['all', '', '', ...count(reads)]),
  ];
};

const file = process.argv[2];
const reads = file === undefined ? readFixtures() : readCaptures(file);
const notRight = reads.filter(({ judgement }) => judgement !== 'right');
const details = notRight.map(
  ({ judgement, flavour, name, truth, outcome }) =>
    `${judgement}: ${flavour} ${name}: was ${JSON.stringify(truth)}, read as ${JSON.stringify(outcome).slice(0, 200)}`,
);
process.stdout.write(`${[...tableOf(reads), '', ...details].join('\n')}\n`);
process.exitCode = reads.some(({ judgement }) => judgement === 'wrong') ? 1 : 0;
