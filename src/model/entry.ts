/** How netcheck got into the pod, or why it did not. */
import * as z from 'zod/mini';
import { missingRightSchema } from './missing-right.ts';

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

/** How the pod's network was entered, or was to be. */
export const WAYS = ['ephemeral', 'exec', 'jump', 'sidecar'] as const;
export type Way = (typeof WAYS)[number];
/** Said where it is not the ephemeral container. */
const via = z.optional(z.enum(WAYS));

/** A pod that was asked in the place of the one that was meant. */
export const lookAlikeSchema = z.object({
  pod: z.string(),
  /** What it cannot show of the pod that was meant, one thing a line. */
  notShown: z.array(z.string()),
});

export type LookAlike = z.infer<typeof lookAlikeSchema>;

export const entrySchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('not-attempted'),
    via,
    why: z.enum([
      'pod-unusable',
      'access-denied',
      'dry-run',
      'api-unavailable',
      'interrupted',
      /** This way cannot be gone here; `detail` says why. */
      'no-way',
      /** It changes somebody's workload, and waits for a word. */
      'needs-consent',
    ]),
    /** For access-denied: each right that is missing. */
    missing: z.optional(z.array(missingRightSchema)),
    detail: z.optional(z.string()),
  }),
  /** The API server refused the container. */
  z.object({
    state: z.literal('refused'),
    via,
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
    via,
    container: z.string(),
    image: z.string(),
    /** The kubelet's word (`ErrImagePull`, `CreateContainerConfigError` …), or `Timeout`. */
    reason: z.string(),
    message: z.string(),
    toldBy: z.enum(['event', 'status', 'log', 'deadline', 'exec']),
    lookAlike: z.optional(lookAlikeSchema),
  }),
  z.object({
    state: z.literal('ran'),
    via,
    container: z.string(),
    image: z.string(),
    end: z.enum(RUN_ENDS),
    /** Why it ended early, in words. */
    detail: z.optional(z.string()),
    exitCode: z.optional(z.number()),
    /** From the PATCH to the first byte of log, milliseconds. */
    startMs: z.optional(z.number()),
    lookAlike: z.optional(lookAlikeSchema),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;

export const wayOf = (entry: Entry): Way => entry.via ?? 'ephemeral';
/** The field that says so, for an entry that is being made. */
export const byWay = (way: Way): { readonly via?: Way } => (way === 'ephemeral' ? {} : { via: way });
