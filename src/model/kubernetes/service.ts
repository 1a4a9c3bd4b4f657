/** Services, and what stands behind them. */
import * as z from 'zod/mini';
import { metadataSchema, stringMap } from './meta.ts';

export const serviceSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: z.optional(z.string()),
    clusterIP: z.optional(z.string()),
    clusterIPs: z.optional(z.array(z.string())),
    externalName: z.optional(z.string()),
    selector: z.optional(stringMap),
    ports: z.optional(
      z.array(
        z.object({
          name: z.optional(z.string()),
          port: z.number(),
          protocol: z.optional(z.string()),
          targetPort: z.optional(z.union([z.number(), z.string()])),
          /** What is spoken there, as the owner says: `http`, `https`, `kubernetes.io/h2c`. */
          appProtocol: z.optional(z.string()),
          nodePort: z.optional(z.number()),
        }),
      ),
    ),
    publishNotReadyAddresses: z.optional(z.boolean()),
    internalTrafficPolicy: z.optional(z.string()),
    externalTrafficPolicy: z.optional(z.string()),
  }),
});
export type Service = z.infer<typeof serviceSchema>;

export const endpointSliceSchema = z.object({
  metadata: metadataSchema,
  addressType: z.string(),
  endpoints: z.nullish(
    z.array(
      z.object({
        addresses: z.array(z.string()),
        /** Its name below that of a headless Service. */
        hostname: z.nullish(z.string()),
        conditions: z.optional(
          z.object({
            ready: z.nullish(z.boolean()),
            serving: z.nullish(z.boolean()),
            terminating: z.nullish(z.boolean()),
          }),
        ),
        nodeName: z.nullish(z.string()),
        targetRef: z.optional(
          z.object({
            kind: z.optional(z.string()),
            name: z.optional(z.string()),
            namespace: z.optional(z.string()),
          }),
        ),
      }),
    ),
  ),
  ports: z.nullish(
    z.array(
      z.object({
        name: z.nullish(z.string()),
        port: z.nullish(z.number()),
        protocol: z.nullish(z.string()),
        appProtocol: z.nullish(z.string()),
      }),
    ),
  ),
});
export type EndpointSlice = z.infer<typeof endpointSliceSchema>;
