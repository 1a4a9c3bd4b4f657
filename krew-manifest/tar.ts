/**
 * A tar file whose bytes depend on nothing but what is in it: no clock, no user, no umask, no order of a directory. It can
 * hold files and directories and nothing else, which is also what krew accepts. Format: POSIX.1-1988 ustar.
 */

export interface TarFile {
  /** Relative, with `/`, at most 100 bytes of ASCII. Its directories are added by themselves. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

const BLOCK = 512;
const NAME_BYTES = 100;
/** 2000-01-01: old enough to be nobody's clock; GNU tar warns of 1970. */
const MODIFIED_S = 946_684_800;

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

const header = (path: string, type: '0' | '5', mode: number, size: number): Buffer => {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, 'latin1');
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(MODIFIED_S, 12), 136);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  // The checksum is taken with its own field as spaces.
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
};

const checkPath = (path: string): void => {
  const parts = path.split('/');
  if (!/^[\x21-\x7e]+$/.test(path) || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new Error(`not a path for an archive: ${path}`);
  if (path.length >= NAME_BYTES) throw new Error(`path too long for an archive: ${path}`);
};

const foldersOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => `${parts.slice(0, index + 1).join('/')}/`);

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted by path, a directory before what is in it. Throws on a path that is no plain relative one, or is there twice. */
export const tar = (files: readonly TarFile[]): Buffer => {
  for (const { path } of files) checkPath(path);
  const blocks = new Map<string, readonly Uint8Array[]>();
  for (const folder of files.flatMap(({ path }) => foldersOf(path)))
    blocks.set(folder, [header(folder, '5', 0o755, 0)]);
  for (const { path, content, executable } of files) {
    if (blocks.has(path) || blocks.has(`${path}/`)) throw new Error(`twice in one archive: ${path}`);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    blocks.set(path, [header(path, '0', executable ? 0o755 : 0o644, content.length), content, padding]);
  }
  const sorted = [...blocks].sort(([a], [b]) => byName(a, b)).flatMap(([, parts]) => parts);
  return Buffer.concat([...sorted, Buffer.alloc(2 * BLOCK)]);
};
