/** The endpoint with the credentials that hold now: they are made anew when the server takes the old ones no longer. */
import type { Endpoint } from './http.ts';

export interface Login {
  readonly endpoint: () => Endpoint;
  /**
   * After a 401 to a request that `used` this endpoint: whether it is worth sending again. Once, until new credentials have been
   * accepted; requests that fail side by side share one renewal. @throws what making the credentials throws.
   */
  readonly renewed: (used: Endpoint, signal: AbortSignal) => Promise<boolean>;
  readonly accepted: (used: Endpoint) => void;
  readonly close: () => void;
}

export const createLogin = (first: Endpoint): Login => {
  const all = [first];
  let current = first;
  let mayRenew = true;
  let renewing: Promise<boolean> | undefined;

  const renew = async (make: NonNullable<Endpoint['renew']>, signal: AbortSignal): Promise<boolean> => {
    mayRenew = false;
    try {
      // What is under way on the old connections goes on.
      current = await make(signal);
      all.push(current);
      return true;
    } finally {
      renewing = undefined;
    }
  };

  return {
    endpoint: () => current,
    renewed: async (used, signal) => {
      if (renewing === undefined && current !== used) return true;
      if (renewing === undefined && mayRenew && current.renew !== undefined)
        renewing = renew(current.renew, signal);
      return (await renewing) ?? false;
    },
    accepted: (used) => {
      if (used === current) mayRenew = true;
    },
    close: () => {
      for (const { agent } of all) agent.destroy();
    },
  };
};
