import * as z from 'zod/mini';
import { messageSchema } from './meta.ts';

export const eventSchema = z.object({
  type: z.optional(z.string()),
  reason: z.optional(z.string()),
  message: z.optional(messageSchema),
  count: z.nullish(z.number()),
  lastTimestamp: z.nullish(z.string()),
  involvedObject: z.optional(
    z.object({
      kind: z.optional(z.string()),
      namespace: z.optional(z.string()),
      name: z.optional(z.string()),
      fieldPath: z.optional(z.string()),
    }),
  ),
});
export type Event = z.infer<typeof eventSchema>;
