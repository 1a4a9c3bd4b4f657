/** What all objects share. */
import * as z from 'zod/mini';

export const stringMap = z.record(z.string(), z.string());

export const labelSelectorSchema = z.object({
  matchLabels: z.optional(stringMap),
  matchExpressions: z.optional(
    z.array(z.object({ key: z.string(), operator: z.string(), values: z.optional(z.array(z.string())) })),
  ),
});
export type LabelSelector = z.infer<typeof labelSelectorSchema>;

const ownerReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  controller: z.optional(z.boolean()),
});

export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.optional(z.string()),
  uid: z.optional(z.string()),
  labels: z.optional(stringMap),
  creationTimestamp: z.optional(z.string()),
  deletionTimestamp: z.optional(z.string()),
  ownerReferences: z.optional(z.array(ownerReferenceSchema)),
});

export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
});
