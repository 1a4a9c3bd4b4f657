/** What the probes run. */
import { describe, expect, test } from '@jest/globals';
import { fixturesOf, probeOf, probes } from './fixture.ts';

/** Every question that a fixture asks, once. */
const asked = probes.flatMap((probe) => {
  const questions = fixturesOf(probe.id).map(([, { question }]) => JSON.stringify(question));
  return [...new Set(questions)].map((question) => [probe.id, JSON.parse(question)] as const);
});

describe.each(asked)('%s %j', (id: string, question: Readonly<Record<string, unknown>>) => {
  const probe = probeOf(id);
  const argv = probe.command(question);

  test('runs its tool, with one-line arguments', () => {
    expect(argv[0]).toBe(probe.tool);
    expect(argv.every((argument) => argument !== '' && !argument.includes('\n'))).toBe(true);
  });

  test('ends in a whole number of seconds, within the eleven that the slowest may take', () => {
    const limit = probe.timeLimitSeconds(question);
    expect(Number.isInteger(limit)).toBe(true);
    expect(limit).toBeGreaterThanOrEqual(3);
    expect(limit).toBeLessThanOrEqual(11);
  });

  test('holds the data in arguments of their own', () => {
    const data = Object.values(question).filter((value) => typeof value === 'string');
    if (id !== 'interface') for (const value of data) expect(argv).toContain(value);
  });
});

describe('the tools’ own limits are shorter than ours', () => {
  const numberAfter = (argv: readonly string[], option: string): number =>
    Number(argv[argv.indexOf(option) + 1]);

  test('curl', () => {
    const { command, timeLimitSeconds } = probeOf('http-get');
    const question = { url: 'http://web/' };
    const argv = command(question);
    expect(argv[1]).toBe('-q');
    expect(numberAfter(argv, '--connect-timeout')).toBeLessThan(numberAfter(argv, '--max-time'));
    expect(numberAfter(argv, '--max-time')).toBeLessThan(timeLimitSeconds(question));
    expect(argv.at(-2)).toBe('--');
    for (const option of ['--globoff', '--max-filesize', '--noproxy', '-v', '-o'])
      expect(argv).toContain(option);
    expect(argv).not.toContain('-L');
  });

  test('nc tries two addresses, nslookup two nameservers', () => {
    const connect = probeOf('tcp-connect');
    const question = { host: 'web', port: 80 };
    expect(2 * numberAfter(connect.command(question), '-w')).toBeLessThan(connect.timeLimitSeconds(question));
    const lookup = probeOf('dns-lookup');
    const seconds = Number(lookup.command({ name: 'web.' })[1]?.replace('-timeout=', ''));
    expect(2 * seconds).toBeLessThan(lookup.timeLimitSeconds({ name: 'web.' }));
    // Four names of a search list and AAAA, with the first of two nameservers silent.
    expect(5 * seconds).toBeLessThan(lookup.timeLimitSeconds({ name: 'web' }));
  });
});
