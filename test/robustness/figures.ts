/** What `npm run robustness` measures, part by part, and how a part tells it. */

/** One line of a table: how many were tried, and how many ended as they must. */
export interface Figure {
  /** What was done to it: `429 at each request`, `SIGINT while it waits for the container`. */
  readonly name: string;
  readonly tried: number;
  /** Ended as it must; `tried` where all is well. */
  readonly right: number;
  /** For a person: the slowest, what was named; empty where there is nothing to say. */
  readonly detail: string;
}

export interface Part {
  readonly title: string;
  /** One or two sentences: what is tried, and what "right" means. */
  readonly about: string;
  /** Tells each figure as soon as it is known, so that a long run is not silent. Throws only where the part itself is broken. */
  readonly measure: (tell: (figure: Figure) => void) => Promise<readonly Figure[]>;
}
