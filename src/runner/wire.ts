/**
 * The lines that the script prints and the decoder reads:
 *
 *     NC1|NONCE|ID|KIND NUMBER…|HEX|SUM~
 *
 * ID is the ask's, empty for the run's own lines. SUM covers everything before it, so each line vouches for itself: a record is
 * whole when all of its lines are in, in any order and however often. A line is one write of less than PIPE_BUF bytes, so
 * writers that work side by side never mix within it, and is found wherever it stands: another writer may have left a line
 * unfinished before it.
 *
 *     0 VERSION ASKS TIMEOUT-MISSING SLEEP-MISSING          the run began
 *     1 CLOCK START DURATION STATUS                         an ask's tool ended; hundredths of a second, no CLOCK: not measured
 *     2 SEQ BIG-ENDIAN SIZE+1                               a piece of stdout as 32-bit words; 0 for SIZE+1: more follows
 *     3 SEQ BIG-ENDIAN SIZE+1                               the same of stderr
 *     4 REASON RECORDS                                      the run ended: 0 complete, 1 deadline, 2 stopped by a signal;
 *                                                           RECORDS is 0 where the script cannot tell how many it wrote
 *
 * SIZE is that of the whole stream in bytes; one above the stream's limit says that there was more.
 */
export const MARK = 'NC1';
export const VERSION = 1;

/** Bytes kept of each stream. curl -v prints on stderr. */
export const STDOUT_LIMIT = 32_768;
export const STDERR_LIMIT = 16_384;
/** Hexadecimal digits on a line: with the rest of it well under PIPE_BUF (4096). */
export const CHUNK_DIGITS = 1_792;

/** A polynomial modulo a prime above 2^32: every product stays exact in a double, and in the shell's 64 bits. */
export const SUM_FACTOR = 1_000_003;
export const SUM_MODULUS = 4_294_967_311;
export const addToSum = (sum: number, value: number): number => (sum * SUM_FACTOR + value) % SUM_MODULUS;

/** Where the sum of each line of this run and ask starts: binds the line to both. */
export const seedOf = (nonce: string, id: string): number =>
  Array.from(`${nonce}|${id}`).reduce((sum, char) => addToSum(sum, char.codePointAt(0) ?? 0), 0);

export interface WireLine {
  readonly id: string;
  readonly kind: number;
  readonly numbers: readonly number[];
  readonly hex: string;
}

export const sumOf = (nonce: string, { id, kind, numbers, hex }: WireLine): number => {
  let sum = seedOf(nonce, id);
  for (let at = 0; at < hex.length; at += 8) sum = addToSum(sum, Number.parseInt(hex.slice(at, at + 8), 16));
  return [kind, ...numbers].reduce(addToSum, sum);
};

const SHAPE = /^([^|]*)\|(\d)((?: (?:0|[1-9]\d{0,9}))*)\|((?:[\da-f]{8})*)\|(0|[1-9]\d{0,9})$/;

/** Reads what stands between `NC1|NONCE|` and `~`; undefined unless it is exactly as it was sent. */
export const readLine = (nonce: string, body: string): WireLine | undefined => {
  const match = SHAPE.exec(body);
  if (match === null) return undefined;
  const [, id = '', kind = '', numbers = '', hex = '', sum = ''] = match;
  const line = {
    id,
    kind: Number(kind),
    numbers: numbers.split(' ').slice(1).map(Number),
    hex,
  };
  return line.numbers.every((n) => n <= 0xffffffff) && sumOf(nonce, line) === Number(sum) ? line : undefined;
};
