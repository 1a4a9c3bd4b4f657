/** Adds the ephemeral container: one strategic merge patch, which needs no read and no resourceVersion. */
import type { Target } from '../model/case.ts';
import { type ApiFailure, ApiUnavailable, type Client } from './client.ts';
import type { EphemeralContainer } from './container.ts';
import { pathOf, RESOURCES } from './paths.ts';

export type Injection =
  | { readonly state: 'accepted' }
  | { readonly state: 'refused'; readonly failure: ApiFailure }
  | { readonly state: 'unavailable'; readonly reason: string };

export const patchOf = (container: EphemeralContainer) => ({ spec: { ephemeralContainers: [container] } });

/** @param dryRun the server checks and admits, and changes nothing. */
export const inject = async (
  client: Client,
  target: Target,
  container: EphemeralContainer,
  dryRun: boolean,
): Promise<Injection> => {
  try {
    const answer = await client.request({
      method: 'PATCH',
      path: pathOf(RESOURCES.pods, target.namespace, target.pod, 'ephemeralcontainers'),
      query: { fieldManager: 'kubectl-netcheck', ...(dryRun ? { dryRun: 'All' } : {}) },
      body: patchOf(container),
      contentType: 'application/strategic-merge-patch+json',
      // The name is new each run, and the same name with the same spec changes nothing: sent twice it is added once.
      repeatable: true,
    });
    return answer.ok ? { state: 'accepted' } : { state: 'refused', failure: answer.failure };
  } catch (error) {
    if (error instanceof ApiUnavailable) return { state: 'unavailable', reason: error.message };
    throw error;
  }
};
