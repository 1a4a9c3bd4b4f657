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
    // Where more than the tool is needed, a constant script runs it.
    if (argv[0] === 'sh') expect(argv.join(' ')).toContain(probe.tool);
    // Where ss is missing, grep reads what the kernel has to say.
    else
      expect([
        probe.tool,
        ...(question.read === 'proc' ? ['grep'] : []),
        ...(question.via === 'curl' ? ['curl'] : []),
      ]).toContain(argv[0]);
    expect(argv.every((argument) => argument !== '' && !argument.includes('\n'))).toBe(true);
  });

  test('holds nothing that the kubelet would rewrite', () => {
    expect(argv.join(' ')).not.toMatch(/\$\$|\$\([\w.-]+\)/);
  });

  test('ends in a whole number of seconds, within the eleven that the slowest may take', () => {
    const limit = probe.timeLimitSeconds(question);
    expect(Number.isInteger(limit)).toBe(true);
    expect(limit).toBeGreaterThanOrEqual(3);
    expect(limit).toBeLessThanOrEqual(11);
  });

  test('holds the data in arguments of their own', () => {
    const words = /^(?:ipv[46]|udp|tcp|ss|proc|nc|curl)$/;
    const data = Object.values(question).filter((value) => typeof value === 'string' && !words.test(value));
    const held = argv.map((argument) =>
      argument
        .replace(/^Host: /, '')
        .replace(/^@/, '')
        .replace(/^telnet:\/\/\[?(.*?)\]?:\d+$/, '$1'),
    );
    // An address whose names are asked for is turned round.
    if (id !== 'interface' && question.reverse !== true)
      for (const value of data) expect(held).toContain(value);
  });
});

describe('the tools’ own limits are shorter than ours', () => {
  const numberAfter = (argv: readonly string[], option: string): number =>
    Number(argv[argv.indexOf(option) + 1]);

  test('curl', () => {
    const { command, timeLimitSeconds } = probeOf('http-get');
    const question = { url: 'http://web/' };
    const argv = command(question);
    expect(argv[argv.indexOf('curl') + 1]).toBe('-q');
    expect(numberAfter(argv, '--connect-timeout')).toBeLessThan(numberAfter(argv, '--max-time'));
    expect(numberAfter(argv, '--max-time')).toBeLessThan(timeLimitSeconds(question));
    expect(argv.at(-2)).toBe('--');
    for (const option of ['--globoff', '--noproxy', '-v', '-o']) expect(argv).toContain(option);
    expect(argv).not.toContain('-L');
  });

  test('dig asks two nameservers twice', () => {
    const { command, timeLimitSeconds } = probeOf('dns-query');
    const question = { name: 'web.', type: 'A' };
    const numberOf = (option: string): number =>
      Number(
        command(question)
          .find((argument) => argument.startsWith(option))
          ?.slice(option.length),
      );
    expect(2 * numberOf('+tries=') * numberOf('+time=')).toBeLessThan(timeLimitSeconds(question));
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
