/** A right that these credentials lack, as RBAC would grant it. */
import * as z from 'zod/mini';

export const missingRightSchema = z.object({
  verb: z.string(),
  /** `pods`, or `pods/ephemeralcontainers` for a subresource. */
  resource: z.string(),
  /** API group, empty for core. */
  group: z.string(),
  /** undefined for cluster-scoped resources. */
  namespace: z.optional(z.string()),
  /** Who lacks it, where the server said so. */
  user: z.optional(z.string()),
});
export type MissingRight = z.infer<typeof missingRightSchema>;
