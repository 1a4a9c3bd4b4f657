/** What can be answered without reading argv in full, and so without loading anything. */

/**
 * Help wins over everything else that stands before `--`, mistakes included: who asks for help gets it.
 * Undefined: argv has to be read.
 */
export const quickAnswer = (argv: readonly string[]): 'help' | 'version' | undefined => {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return 'help';
  if (words.length === 1 && (words[0] === '--version' || words[0] === 'version')) return 'version';
  return undefined;
};
