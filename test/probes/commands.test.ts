/** What the probes run. */
import { describe, expect, test } from '@jest/globals';
import { probeOf, probes } from './fixture.ts';

const questions: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  interface: [{ read: 'addresses' }, { read: 'routes' }],
  'resolv-conf': [{}],
  'dns-lookup': [{ name: 'web.shop' }, { name: 'example.com.', server: '10.96.0.10' }],
  'tcp-connect': [{ host: '10.96.0.1', port: 443 }],
  'http-get': [{ url: 'https://10.96.0.1/healthz', insecure: true }, { url: 'http://web/' }],
  'icmp-echo': [{ host: '10.96.0.1' }, { host: '10.96.0.1', payloadBytes: 1400 }],
};
const asked = probes.flatMap((probe) =>
  (questions[probe.id] ?? []).map((question) => [probe.id, question] as const),
);

test('each probe has a question here', () => {
  expect(new Set(asked.map(([id]) => id))).toEqual(new Set(probes.map(({ id }) => id)));
});

describe.each(asked)('%s %j', (id, question) => {
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
