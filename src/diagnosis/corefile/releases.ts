/** Releases of CoreDNS: what a plugin knows changed over the years. */

export interface Releases {
  /** The first that has it. undefined: since 1.0. */
  readonly from?: string;
  /** The first that no longer has it. */
  readonly before?: string;
}

/** The last release that the tables of `plugins/` were made from. */
export const NEWEST_KNOWN = '1.14.7';
/** Of 2022, about that of Kubernetes 1.26. What all have since then is not worth a word where it is not known which release runs. */
const OLDEST_IN_USE = '1.9.4';

const VERSION = /^v?(?<major>\d{1,4})\.(?<minor>\d{1,4})\.(?<patch>\d{1,4})/;

const numbers = (version: string): readonly number[] => {
  const { major, minor, patch } = VERSION.exec(version)?.groups ?? {};
  return [Number(major), Number(minor), Number(patch)];
};

/** Negative: `a` is older. */
const compare = (a: string, b: string): number => {
  const right = numbers(b);
  return numbers(a).reduce((result, part, index) => result || part - (right[index] ?? 0), 0);
};

/**
 * The release that an image's tag names: `1.11.1` of `v1.11.1-eksbuild.4`. undefined: it names none.
 */
export const readRelease = (tag: string): string | undefined => {
  const version = VERSION.exec(tag)?.[0];
  return version === undefined ? undefined : version.replace(/^v/, '');
};

/** Newer than the tables: it may know more than they do. */
export const isNewer = (release: string | undefined): boolean =>
  release !== undefined && compare(release, NEWEST_KNOWN) > 0;

/** Those of them that are `from` or later. undefined: none. */
export const releasesFrom = (releases: Releases, from: string): Releases | undefined => {
  const { before } = releases;
  if (before !== undefined && compare(before, from) <= 0) return undefined;
  return releases.from !== undefined && compare(releases.from, from) > 0 ? releases : { ...releases, from };
};

export type Standing = 'in-all' | 'in-none' | 'in-some';

/** Whether `release` is one of those; where it is not known, whether those are that somebody may run. */
export const standingOf = ({ from, before }: Releases, release: string | undefined): Standing => {
  if (release !== undefined) {
    const since = from === undefined || compare(release, from) >= 0;
    return since && (before === undefined || compare(release, before) < 0) ? 'in-all' : 'in-none';
  }
  if (before !== undefined && compare(before, OLDEST_IN_USE) <= 0) return 'in-none';
  return before === undefined && (from === undefined || compare(from, OLDEST_IN_USE) <= 0)
    ? 'in-all'
    : 'in-some';
};

/** `from 1.9.4 on`, `before 1.7.0`, `from 1.0.6 until before 1.8.0`: to be put behind `CoreDNS`. */
export const releasesInWords = ({ from, before }: Releases): string => {
  if (before === undefined) return from === undefined ? 'of any release' : `from ${from} on`;
  return from === undefined ? `before ${before}` : `from ${from} until before ${before}`;
};
