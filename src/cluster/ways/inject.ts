/** Adds the ephemeral container: one strategic merge patch, which needs no read and no resourceVersion. */
import * as z from 'zod/mini';
import type { Target } from '../../model/case.ts';
import { type ApiFailure, ApiUnavailable, type Client, know } from '../client.ts';
import { pathOf, RESOURCES, rightTo } from '../paths.ts';
import { debugStatusSchema, isAnotherPod } from '../watchdog.ts';
import type { EphemeralContainer } from './container.ts';

export type Injection =
  | { readonly state: 'accepted' }
  /** Accepted by another pod of the same name: the one that was looked at is gone. */
  | { readonly state: 'replaced' }
  | { readonly state: 'refused'; readonly failure: ApiFailure }
  | { readonly state: 'unavailable'; readonly reason: string };

/** Beyond those that the server makes by itself. */
const TRIES_AT_CONFLICT = 4;

export const patchOf = (container: EphemeralContainer) => ({ spec: { ephemeralContainers: [container] } });

const answeredSchema = z.object({ metadata: z.object({ uid: z.string() }) });

/** Where either side does not say which pod it is, the name stands for it. */
const isSamePod = (answer: unknown, uid: string | undefined): boolean => {
  const answered = answeredSchema.safeParse(answer);
  return !answered.success || uid === undefined || answered.data.metadata.uid === uid;
};

/**
 * @param dryRun the server checks and admits, and changes nothing.
 * @param uid of the pod that was looked at.
 */
export const inject = async (
  client: Client,
  target: Target,
  container: EphemeralContainer,
  dryRun: boolean,
  uid?: string,
): Promise<Injection> => {
  const patch = () =>
    client.request({
      method: 'PATCH',
      path: pathOf(RESOURCES.pods, target.namespace, target.pod, 'ephemeralcontainers'),
      query: { fieldManager: 'kubectl-netcheck', ...(dryRun ? { dryRun: 'All' } : {}) },
      body: patchOf(container),
      contentType: 'application/strategic-merge-patch+json',
      // The name is new each run, and the same name with the same spec changes nothing: sent twice it is added once.
      repeatable: true,
    });
  try {
    let answer = await patch();
    // Another change of the pod came between: the patch says nothing of what it must meet, so it is simply sent again.
    for (
      let tries = 1;
      !answer.ok && answer.failure.httpStatus === 409 && tries < TRIES_AT_CONFLICT;
      tries += 1
    )
      answer = await patch();
    if (answer.ok) return { state: dryRun || isSamePod(answer.body, uid) ? 'accepted' : 'replaced' };
    const { failure } = answer;
    // "etcdserver: request timed out" and the like do not say whether it was written.
    if (failure.httpStatus >= 500 && !dryRun && (await isThere(client, target, container.name)))
      return { state: 'accepted' };
    return { state: 'refused', failure };
  } catch (error) {
    if (!(error instanceof ApiUnavailable)) throw error;
    // The answer was lost; what was asked for may be done all the same.
    if (!dryRun && (await isThere(client, target, container.name))) return { state: 'accepted' };
    return { state: 'unavailable', reason: error.message };
  }
};

const isThere = async (client: Client, target: Target, container: string): Promise<boolean> => {
  const { namespace, pod } = target;
  const right = rightTo('get', RESOURCES.pods, namespace);
  const known = await know(client, pathOf(RESOURCES.pods, namespace, pod), {}, debugStatusSchema, right);
  return known.state === 'known' && !isAnotherPod(known.value, container);
};
