/** Part of `npm run robustness`: text of a hostile cluster, in every form of the report. */
import type { Figure, Part } from './figures.ts';
import { HOSTILE } from './hostile-strings.ts';
import { CASES, type Trial, trials } from './planting.ts';
import { commandFaults, SINKS } from './sinks.ts';
import { stderrFaults } from './stderr-sinks.ts';

export interface Tally {
  readonly sink: string;
  tried: number;
  /** Of the trials that went wrong: what was planted where, and what came of it. */
  readonly wrong: string[];
}

const attempt = (find: () => readonly string[]): readonly string[] => {
  try {
    return find();
  } catch (error) {
    return [`broken: ${String(error).slice(0, 300)}`];
  }
};

const told = ({ case: name, place, hostile }: Trial, faults: readonly string[]): string =>
  `${name}, ${place}, ${hostile.name}: ${faults.slice(0, 3).join('; ')}`;

/** Tries each trial in each sink, and in the commands to type. */
export const tryInjection = (some: Iterable<Trial>): readonly Tally[] => {
  const tallies = new Map<string, Tally>();
  const note = (sink: string, trial: Trial, find: () => readonly string[]): void => {
    const tally = tallies.get(sink) ?? { sink, tried: 0, wrong: [] };
    tallies.set(sink, tally);
    tally.tried += 1;
    const faults = attempt(find);
    if (faults.length > 0) tally.wrong.push(told(trial, faults));
  };
  for (const trial of some) {
    let report: ReturnType<Trial['report']>;
    try {
      report = trial.report();
    } catch (error) {
      note('judge', trial, () => [`judging broke: ${String(error)}`]);
      continue;
    }
    for (const { name, render, faults } of SINKS) note(name, trial, () => faults(render(report), report));
    note('next and mend', trial, () => commandFaults(report, trial.hostile.text));
  }
  return [...tallies.values()];
};

const figureOf = ({ sink, tried, wrong }: Tally): Figure => ({
  name: sink,
  tried,
  right: tried - wrong.length,
  detail: wrong.slice(0, 3).join(' | '),
});

export const injection: Part = {
  title: 'Hostile text',
  about: `${HOSTILE.length} strings (control sequences, bidirectional overrides, markup, CI commands, YAML, shell) at every place of ${CASES.length} cases that a cluster or a tool fills, in every form of the report. Right: nothing raw, nothing became structure, the document parses and says the same, no command to type holds it.`,
  measure: async (tell) => {
    const figures: Figure[] = [];
    for (const tally of tryInjection(trials(CASES, 1))) figures.push(figureOf(tally));
    figures.push(figureOf(await stderrFaults(HOSTILE)));
    for (const figure of figures) tell(figure);
    return figures;
  },
};
