/**
 * The runner's arguments through stdin, for exec: there a command is a part of the request's URL, and what stands between us and the
 * API server may take 8 KiB of that. Pure.
 */

/** Reads arguments, one a line, as printf's `%b` reads them; a line of one dot ends them. Then becomes the shell that runs them. */
const READ_ARGUMENTS = `set --
while IFS= read -r line && [ "$line" != . ]; do
  word=$(printf '%b.' "$line")
  set -- "$@" "\${word%.}"
done
exec "$@"`;

/** What is harmless in a line that \`%b\` reads: all but the backslash, line ends, and what is not printable ASCII. */
const escaped = (word: string): string =>
  [...Buffer.from(word, 'utf8')]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\0${byte.toString(8).padStart(3, '0')}`,
    )
    .join('');

export interface ThroughStdin {
  readonly command: readonly string[];
  readonly stdin: string;
}

/** @param argv as the shell is to see it: the data in it stay data. */
export const throughStdin = (argv: readonly string[]): ThroughStdin => ({
  command: ['sh', '-c', READ_ARGUMENTS],
  // A line that is a dot, and nothing else, would end them.
  stdin: [...argv.map((word) => (word === '.' ? '\\0056' : escaped(word))), '.', ''].join('\n'),
});
