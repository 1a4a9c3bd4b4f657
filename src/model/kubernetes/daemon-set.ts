import * as z from 'zod/mini';
import { metadataSchema } from './meta.ts';

/** Of the parts of the cluster that run on every node: which, from what image, with what arguments, and on how many nodes ready. */
export const daemonSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z._default(
          z.array(
            z.object({
              name: z.string(),
              image: z.optional(z.string()),
              command: z.optional(z.array(z.string())),
              args: z.optional(z.array(z.string())),
            }),
          ),
          [],
        ),
      }),
    }),
  }),
  status: z.optional(
    z.object({
      desiredNumberScheduled: z.optional(z.number()),
      numberReady: z.optional(z.number()),
    }),
  ),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;
