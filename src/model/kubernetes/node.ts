import * as z from 'zod/mini';
import { conditionSchema, metadataSchema } from './meta.ts';

export const nodeSchema = z.object({
  metadata: metadataSchema,
  spec: z.optional(
    z.object({
      podCIDRs: z.optional(z.array(z.string())),
      taints: z.optional(z.array(z.object({ key: z.string(), effect: z.string() }))),
    }),
  ),
  status: z.optional(
    z.object({
      conditions: z.optional(z.array(conditionSchema)),
      nodeInfo: z.optional(
        z.object({
          kubeletVersion: z.optional(z.string()),
          containerRuntimeVersion: z.optional(z.string()),
          operatingSystem: z.optional(z.string()),
          architecture: z.optional(z.string()),
        }),
      ),
    }),
  ),
});
export type Node = z.infer<typeof nodeSchema>;
