/** Who may send a request now: few at first, as each that finds no free connection opens one. */

export interface Turns {
  /** Resolves when the request may be sent. */
  readonly take: () => Promise<void>;
  /** The answer is in, or there will be none. */
  readonly give: () => void;
}

/** A TLS handshake costs more than several answers of a server that is near. */
const AT_FIRST = 2;
/** A server that has not answered by then is far: waiting for its answers in a row costs more than handshakes side by side. */
const NEAR_MS = 50;

export const createTurns = (atFirst = AT_FIRST, nearMs = NEAR_MS): Turns => {
  let free = atFirst;
  let begun = false;
  let open = false;
  const waiting: (() => void)[] = [];
  const openForAll = (): void => {
    open = true;
    for (const go of waiting.splice(0)) go();
  };
  return {
    take: async () => {
      if (!begun) setTimeout(openForAll, nearMs).unref();
      begun = true;
      if (open) return;
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
};
