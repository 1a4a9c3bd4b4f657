/** Asks the API server whether we may do what is needed, before anything changes. */
import * as z from 'zod/mini';
import type { MissingRight } from '../model/evidence.ts';
import { ApiUnavailable, type Client } from './client.ts';
import { RESOURCES, rightTo } from './paths.ts';

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** What a run in `namespace` cannot do without, beside reading the pod: that is tried anyway, and says so itself. */
export const neededRights = (namespace: string): readonly MissingRight[] => [
  rightTo('patch', RESOURCES.pods, namespace, 'ephemeralcontainers'),
  rightTo('get', RESOURCES.pods, namespace, 'log'),
];

/**
 * SelfSubjectAccessReview: every user may create one. Where it gives no answer the right counts as held: the request itself
 * will then say 403, which is told as well.
 */
const isDenied = async (client: Client, right: MissingRight, name: string | undefined): Promise<boolean> => {
  const [resource, subresource] = right.resource.split('/');
  try {
    const answer = await client.request({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb: right.verb,
            group: right.group,
            resource,
            subresource,
            namespace: right.namespace,
            ...(name === undefined ? {} : { name }),
          },
        },
      },
      repeatable: true,
    });
    if (!answer.ok) return false;
    const review = reviewSchema.safeParse(answer.body);
    return review.success && !review.data.status.allowed;
  } catch (error) {
    if (error instanceof ApiUnavailable) return false;
    throw error;
  }
};

/** Of these rights the ones that are missing. `pod`: where its name is known, as a right may be for it alone. */
export const missingOf = async (
  client: Client,
  rights: readonly MissingRight[],
  pod?: string,
): Promise<readonly MissingRight[]> => {
  const denied = await Promise.all(rights.map((right) => isDenied(client, right, pod)));
  return rights.filter((_, index) => denied[index]);
};

/** The rights that are missing, of those that a run needs. */
export const missingRights = (
  client: Client,
  namespace: string,
  pod?: string,
): Promise<readonly MissingRight[]> => missingOf(client, neededRights(namespace), pod);
