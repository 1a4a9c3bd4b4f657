import * as z from 'zod/mini';
import { labelSelectorSchema, metadataSchema } from './meta.ts';

/** Loose: a field that a later version of the API adds narrows what a rule allows, and must be seen. */
const policyPeerSchema = z.looseObject({
  podSelector: z.optional(labelSelectorSchema),
  namespaceSelector: z.optional(labelSelectorSchema),
  ipBlock: z.optional(z.object({ cidr: z.string(), except: z.optional(z.array(z.string())) })),
});
const policyPortSchema = z.looseObject({
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
        z.looseObject({
          from: z.optional(z.array(policyPeerSchema)),
          ports: z.optional(z.array(policyPortSchema)),
        }),
      ),
    ),
    egress: z.optional(
      z.array(
        z.looseObject({
          to: z.optional(z.array(policyPeerSchema)),
          ports: z.optional(z.array(policyPortSchema)),
        }),
      ),
    ),
  }),
});
export type NetworkPolicy = z.infer<typeof networkPolicySchema>;
