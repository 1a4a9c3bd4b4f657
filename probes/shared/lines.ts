/** A tool's output as lines. */

/** Lines without their ends, CRLF taken as LF. An unfinished last line counts. */
export const linesOf = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.replace(/\r$/, ''));

/** Only the lines that are ended by a newline: of an unfinished one, nobody knows what was to follow. */
export const endedLinesOf = (text: string): readonly string[] => linesOf(text).slice(0, -1);

/** The named groups of each line that matches. The expression must be anchored at both ends. */
export const matchesOf = (
  lines: readonly string[],
  expression: RegExp,
): readonly Readonly<Record<string, string | undefined>>[] =>
  lines.flatMap((line) => {
    const match = expression.exec(line);
    return match === null ? [] : [match.groups ?? {}];
  });
