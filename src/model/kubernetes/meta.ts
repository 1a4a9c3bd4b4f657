/** What all objects share. */
import * as z from 'zod/mini';
import { redactText } from '../../redact.ts';

export const stringMap = z.record(z.string(), z.string());

/** What the kubelet, a controller or an app wrote for people: it may quote a URL with its password, or the app's own last words. */
export const messageSchema = z.pipe(z.string(), z.transform(redactText));

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
  message: z.optional(messageSchema),
});
