import * as z from 'zod/mini';
import { labelSelectorSchema, metadataSchema } from './meta.ts';

const policyPeerSchema = z.object({
  podSelector: z.optional(labelSelectorSchema),
  namespaceSelector: z.optional(labelSelectorSchema),
  ipBlock: z.optional(z.object({ cidr: z.string(), except: z.optional(z.array(z.string())) })),
});
const policyPortSchema = z.object({
  protocol: z.optional(z.string()),
  port: z.optional(z.union([z.number(), z.string()])),
  endPort: z.optional(z.number()),
});

export const networkPolicySchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    podSelector: z.optional(labelSelectorSchema),
    policyTypes: z.optional(z.array(z.string())),
    ingress: z.optional(
      z.array(
        z.object({
          from: z.optional(z.array(policyPeerSchema)),
          ports: z.optional(z.array(policyPortSchema)),
        }),
      ),
    ),
    egress: z.optional(
      z.array(
        z.object({ to: z.optional(z.array(policyPeerSchema)), ports: z.optional(z.array(policyPortSchema)) }),
      ),
    ),
  }),
});
export type NetworkPolicy = z.infer<typeof networkPolicySchema>;
