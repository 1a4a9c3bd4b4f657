/** Walks the fixtures of all probes: each reads as it says, and what it says agrees with what was really the case. */
import { describe, expect, test } from '@jest/globals';
import { type Fixture, fixturesOf, outputOf, probes } from './fixture.ts';
import { judge } from './truth.ts';

/** The outcome as it stands in a file: without fields that are undefined. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** A run that gave no answer is expected only where the process ended so, or the tool is of a build that cannot tell. */
const mayNotRun = ({ exitCode, expected, flavour, origin }: Fixture): boolean =>
  [124, 126, 127, 137].includes(exitCode) ||
  flavour === 'busybox' ||
  (origin === 'from-source' && expected.reason === 'unsupported-tool');

describe.each(probes.map((probe) => [probe.id, probe] as const))('%s', (id, probe) => {
  const fixtures = fixturesOf(id);

  test('has fixtures', () => {
    expect(fixtures.length).toBeGreaterThan(0);
  });

  test.each(fixtures)('%s', (_path, fixture) => {
    const outcome = probe.parse(outputOf(fixture), fixture.question);
    expect(plain(outcome)).toEqual(fixture.expected);
    const judgement = judge(id, fixture.flavour, fixture.truth, fixture.expected);
    expect(mayNotRun(fixture) ? ['right', 'not-run'] : ['right']).toContain(judgement);
    expect(probe.question.safeParse(fixture.question).success).toBe(true);
    // A recording of another command proves nothing about ours.
    if (fixture.origin === 'recorded') {
      const argv = fixture.flavour === 'busybox' ? fixture.argv.slice(1) : fixture.argv;
      expect(argv).toEqual(probe.command(fixture.question));
    }
  });
});
