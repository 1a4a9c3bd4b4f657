/** Parsers are total, quick, and never sure of what is not there. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ToolOutput } from '../../src/model/probe.ts';
import { fixturesOf, outputOf, probes } from './fixture.ts';

/** Kinds that say that nothing was learnt. */
const UNSURE = ['unreadable', 'did-not-run'];
/** Kinds that say that all is well: what must never come of output that is not whole. */
const SUCCESS = [
  'answered',
  'open',
  'responded',
  'replied',
  'response',
  'addresses',
  'routes',
  'resolv-conf',
  'neighbours',
  'listeners',
  'tool-versions',
];
const exitCode = fc.oneof(
  fc.constantFrom(0, 1, 2, 6, 7, 28, 35, 52, 56, 60, 124, 126, 127, 137),
  fc.integer({ min: 0, max: 255 }),
);
const bytes = fc.uint8Array({ maxLength: 4_000 }).map((array) => Buffer.from(array).toString('utf8'));
const withCrlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe.each(probes.map((probe) => [probe.id, probe] as const))('%s', (id, probe) => {
  const fixtures = fixturesOf(id).map(([, fixture]) => fixture);
  const anyFixture = fc.constantFrom(...fixtures);
  const known = fixtures.filter(({ expected }) => SUCCESS.includes(expected.kind));
  // Of a probe that the list does not know yet, every sure outcome counts.
  const isSuccess = (kind: string): boolean =>
    known.length > 0 ? SUCCESS.includes(kind) : !UNSURE.includes(kind);
  const successes = known.length > 0 ? known : fixtures;
  const parse = (output: ToolOutput, question: unknown) => probe.parse(output, question);

  test('arbitrary bytes are not understood, nor do they throw', () => {
    fc.assert(
      fc.property(exitCode, bytes, bytes, anyFixture, (exit, stdout, stderr, { question }) => {
        const { kind } = parse({ exitCode: exit, stdout, stderr, cut: [] }, question);
        // An empty resolv.conf, or one of comments alone, is a resolv.conf.
        const empty = id === 'resolv-conf' && stdout.split('\n').every((line) => /^\s*([#;].*)?$/.test(line));
        expect(empty || UNSURE.includes(kind)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('lines of the tool in any order and with any exit do not throw', () => {
    const lines = [...new Set(fixtures.flatMap(({ stdout, stderr }) => `${stdout}\n${stderr}`.split('\n')))];
    const shuffled = fc
      .array(fc.constantFrom(...lines), { maxLength: 12 })
      .map((some) => `${some.join('\n')}\n`);
    fc.assert(
      fc.property(exitCode, shuffled, shuffled, anyFixture, (exit, stdout, stderr, { question }) => {
        expect(typeof parse({ exitCode: exit, stdout, stderr, cut: [] }, question).kind).toBe('string');
      }),
      { numRuns: 300 },
    );
  });

  test('CRLF is read as LF', () => {
    for (const fixture of fixtures) {
      const output = outputOf(fixture);
      const crlf = { ...output, stdout: withCrlf(output.stdout), stderr: withCrlf(output.stderr) };
      expect(parse(crlf, fixture.question).kind).toBe(parse(output, fixture.question).kind);
    }
  });

  test('what follows a whole output changes no outcome into another sure one', () => {
    fc.assert(
      fc.property(anyFixture, bytes, (fixture, garbage) => {
        const output = outputOf(fixture);
        const { kind } = parse(
          { ...output, stdout: `${output.stdout}${garbage}`, stderr: `${output.stderr}${garbage}` },
          fixture.question,
        );
        const whole = fixture.expected.kind;
        // curl's errno may be hidden by it, and then connect-failed is what is left.
        expect([whole, ...UNSURE, ...(id === 'http-get' ? ['connect-failed'] : [])]).toContain(kind);
      }),
      { numRuns: 300 },
    );
  });

  test('a success that is broken off is the same success or none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...successes),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (fixture, part) => {
          const output = outputOf(fixture);
          const shorter = (text: string): string => text.slice(0, Math.floor(text.length * part));
          // A file has no end that could be missed: there the runner has to say that it was cut, and does.
          const cut = id === 'resolv-conf' ? (['stdout'] as const) : output.cut;
          const outcome = parse(
            { ...output, stdout: shorter(output.stdout), stderr: shorter(output.stderr), cut },
            fixture.question,
          );
          if (isSuccess(outcome.kind)) expectPartOf(fixture.expected, { ...outcome });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('output twice over is the same outcome or none', () => {
    for (const fixture of fixtures) {
      const output = outputOf(fixture);
      const twice = { ...output, stdout: output.stdout.repeat(2), stderr: output.stderr.repeat(2) };
      const { kind } = parse(twice, fixture.question);
      expect([fixture.expected.kind, ...UNSURE]).toContain(kind);
    }
  });

  test('a success with an exit status of its own kind only', () => {
    for (const fixture of successes.filter((success) => success.exitCode === 0)) {
      const { kind } = parse({ ...outputOf(fixture), exitCode: 99 }, fixture.question);
      expect(id === 'dns-lookup' ? [...UNSURE, fixture.expected.kind] : UNSURE).toContain(kind);
    }
  });

  test('stdout that was cut short by the runner is no answer', () => {
    for (const fixture of successes.filter(({ stdout }) => stdout !== '')) {
      const { kind } = parse({ ...outputOf(fixture), cut: ['stdout'] }, fixture.question);
      expect(UNSURE).toContain(kind);
    }
  });

  test('a mebibyte of any line is read in linear time', () => {
    const lines = [...new Set(fixtures.flatMap(({ stdout, stderr }) => `${stdout}\n${stderr}`.split('\n')))];
    const question = fixtures[0]?.question;
    const size = 1024 * 1024;
    const long = [
      'a'.repeat(size),
      ' '.repeat(size),
      '\n'.repeat(size),
      `[${'{},'.repeat(size / 3)}`,
      ...lines
        .slice(0, 12)
        .flatMap((line) => [
          `${line}\n`.repeat(Math.ceil(size / (line.length + 1))),
          line.repeat(Math.ceil(size / Math.max(1, line.length))),
        ]),
    ];
    for (const text of long) {
      expect(typeof parse({ exitCode: 1, stdout: text, stderr: text, cut: [] }, question).kind).toBe(
        'string',
      );
    }
  }, 120_000);
});

/** Every list of the shorter outcome is the beginning of the whole one's, and every other value is the same or missing. */
function expectPartOf(
  whole: Readonly<Record<string, unknown>>,
  part: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(part)) {
    const other = whole[key];
    // Nothing in resolv.conf tells where it ends: an `options` line that is missing is as good as none.
    if (value === undefined || key === 'options') continue;
    if (Array.isArray(value) && Array.isArray(other)) expect(value).toEqual(other.slice(0, value.length));
    else expect(value).toEqual(other);
  }
}
