/** How netcheck got into the pod, or why it did not. */
import * as z from 'zod/mini';
import { missingRightSchema } from './evidence.ts';

export const RUN_ENDS = [
  /** The runner's own end record came. */
  'complete',
  /** The runner's own time limit ended it; the asks without a record did not finish. */
  'deadline',
  /** The container ended without the runner's end record (killed, out of memory). */
  'container-ended',
  /** Our own `--timeout` came first. */
  'timeout',
  /** The log could not be read to its end. */
  'connection-lost',
  /** The user stopped it. */
  'interrupted',
] as const;

export const entrySchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('not-attempted'),
    why: z.enum(['pod-unusable', 'access-denied', 'dry-run', 'api-unavailable', 'interrupted']),
    /** For access-denied: each right that is missing. */
    missing: z.optional(z.array(missingRightSchema)),
    detail: z.optional(z.string()),
  }),
  /** The API server refused the container. */
  z.object({
    state: z.literal('refused'),
    container: z.string(),
    image: z.string(),
    httpStatus: z.number(),
    reason: z.optional(z.string()),
    message: z.string(),
    /** Of the Status; an empty name on a 404 means that the subresource itself is missing. */
    details: z.optional(z.object({ name: z.optional(z.string()), kind: z.optional(z.string()) })),
  }),
  /** Accepted, but it never ran: a waiting reason, a failure told by an event, or silence until the deadline. */
  z.object({
    state: z.literal('not-started'),
    container: z.string(),
    image: z.string(),
    /** The kubelet's word (`ErrImagePull`, `CreateContainerConfigError` …), or `Timeout`. */
    reason: z.string(),
    message: z.string(),
    toldBy: z.enum(['event', 'status', 'log', 'deadline']),
  }),
  z.object({
    state: z.literal('ran'),
    container: z.string(),
    image: z.string(),
    end: z.enum(RUN_ENDS),
    /** Why it ended early, in words. */
    detail: z.optional(z.string()),
    exitCode: z.optional(z.number()),
    /** From the PATCH to the first byte of log, milliseconds. */
    startMs: z.optional(z.number()),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;
