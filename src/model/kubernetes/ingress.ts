import * as z from 'zod/mini';
import { metadataSchema } from './meta.ts';

const backendSchema = z.object({
  service: z.optional(
    z.object({
      name: z.string(),
      port: z.optional(z.object({ name: z.optional(z.string()), number: z.optional(z.number()) })),
    }),
  ),
});

export const ingressSchema = z.object({
  metadata: metadataSchema,
  spec: z._default(
    z.object({
      ingressClassName: z.optional(z.string()),
      defaultBackend: z.optional(backendSchema),
      tls: z.optional(
        z.array(z.object({ hosts: z.optional(z.array(z.string())), secretName: z.optional(z.string()) })),
      ),
      rules: z.optional(
        z.array(
          z.object({
            host: z.optional(z.string()),
            http: z.optional(
              z.object({
                paths: z.array(
                  z.object({
                    path: z.optional(z.string()),
                    pathType: z.optional(z.string()),
                    backend: backendSchema,
                  }),
                ),
              }),
            ),
          }),
        ),
      ),
    }),
    {},
  ),
  status: z.optional(
    z.object({
      loadBalancer: z.optional(
        z.object({
          ingress: z.optional(
            z.array(z.object({ ip: z.optional(z.string()), hostname: z.optional(z.string()) })),
          ),
        }),
      ),
    }),
  ),
});
export type Ingress = z.infer<typeof ingressSchema>;
