/** Names that somebody may have meant. */

/** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours. */
export const editDistance = (a: string, b: string): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The workload's part of a pod's name: without the hashes or the ordinal that controllers append. */
const stem = (name: string): string =>
  name.replace(/(-[a-f0-9]{8,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$/, '').replace(/-\d+$/, '');

/** At most three, the nearest first: a few letters apart, the same workload, or beginning with what was typed. */
export const nearNames = (wanted: string, names: readonly string[]): readonly string[] => {
  const allowed = Math.max(1, Math.floor(wanted.length / 5));
  return names
    .map((name) => ({
      name,
      distance: Math.min(editDistance(wanted, name), editDistance(stem(wanted), stem(name))),
    }))
    .filter(({ name, distance }) => distance <= allowed || name.startsWith(`${wanted}-`))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
};
