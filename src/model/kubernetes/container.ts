/** Containers of a pod, and their states. */
import * as z from 'zod/mini';
import { proxyVariablesSchema } from '../app-environment.ts';
import { messageSchema } from './meta.ts';

const containerStateSchema = z.object({
  waiting: z.optional(z.object({ reason: z.optional(z.string()), message: z.optional(messageSchema) })),
  running: z.optional(z.object({ startedAt: z.optional(z.string()) })),
  terminated: z.optional(
    z.object({
      exitCode: z.number(),
      reason: z.optional(z.string()),
      message: z.optional(messageSchema),
      finishedAt: z.optional(z.string()),
    }),
  ),
});
export type ContainerState = z.infer<typeof containerStateSchema>;

export const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.optional(z.boolean()),
  restartCount: z.optional(z.number()),
  state: z.optional(containerStateSchema),
  lastState: z.optional(containerStateSchema),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

export const securityContextSchema = z.object({
  runAsUser: z.optional(z.number()),
  runAsGroup: z.optional(z.number()),
  runAsNonRoot: z.optional(z.boolean()),
});

export const containerSchema = z.object({
  name: z.string(),
  image: z.optional(z.string()),
  ports: z.optional(
    z.array(
      z.object({ name: z.optional(z.string()), containerPort: z.number(), protocol: z.optional(z.string()) }),
    ),
  ),
  readinessProbe: z.optional(
    z.object({
      httpGet: z.optional(
        z.object({
          port: z.union([z.number(), z.string()]),
          path: z.optional(z.string()),
          scheme: z.optional(z.string()),
        }),
      ),
      tcpSocket: z.optional(z.object({ port: z.union([z.number(), z.string()]) })),
    }),
  ),
  /** What it is killed for exceeding. */
  resources: z.optional(z.object({ limits: z.optional(z.object({ memory: z.optional(z.string()) })) })),
  /** Its proxy settings, without user names and passwords; nothing else of it is kept. */
  env: z.optional(proxyVariablesSchema),
  /** Only that there is such a thing: it may set a proxy. */
  envFrom: z.optional(z.array(z.object({}))),
  securityContext: z.optional(securityContextSchema),
});
