import * as z from 'zod/mini';
import { metadataSchema, stringMap } from './meta.ts';

/** What makes pods: how many it is to make, and with which labels. */
export const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata: metadataSchema,
  spec: z.object({
    /** 1 where it does not say. */
    replicas: z.optional(z.number()),
    template: z.object({
      metadata: z.optional(z.object({ labels: z.optional(stringMap) })),
    }),
  }),
});
export type Workload = z.infer<typeof workloadSchema>;
