/** The case: everything a verdict depends on, as one value. A bug report is a case file; a golden test is a case file. */
import * as z from 'zod/mini';
import { API_VERSION } from './api-version.ts';
import { destinationSchema } from './destination.ts';
import { entrySchema } from './entry.ts';
import { evidenceSchema } from './evidence-schema.ts';
import { PURPOSES } from './probe.ts';

export const rawResultSchema = z.object({
  id: z.string(),
  startedMs: z.optional(z.number()),
  durationMs: z.optional(z.number()),
  exitCode: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  cut: z.readonly(z.array(z.enum(['stdout', 'stderr']))),
});

export const askSchema = z.object({
  id: z.string(),
  probe: z.string(),
  purpose: z.enum(PURPOSES),
  question: z.unknown(),
});

export const targetSchema = z.object({
  /** What the user typed: `deploy/web`, `web-0`. */
  requested: z.string(),
  namespace: z.string(),
  pod: z.string(),
  /** Set when the pod was picked from several: the first of `count` pods of `owner`, ready ones first. */
  pickedFrom: z.optional(z.object({ owner: z.string(), count: z.number() })),
});
export type Target = z.infer<typeof targetSchema>;

/** Which targets outside were asked: the pinned ones, where any one is enough, or those that the user named, where each must answer. */
export const INTERNET_MODES = ['default', 'none', 'custom'] as const;
export type InternetMode = (typeof INTERNET_MODES)[number];

export const caseSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Case'),
  /** Version of the tool that gathered it. */
  toolVersion: z.string(),
  /** RFC 3339, when it was gathered. */
  gatheredAt: z.string(),
  /** Wall time of the whole run, milliseconds. */
  durationMs: z.number(),
  /** Requests that were sent to the API server, those that were sent again among them. Cases of earlier versions do not say. */
  apiRequests: z.optional(z.number()),
  target: targetSchema,
  /** Where the pod was asked to reach; undefined: what every pod needs was asked. */
  destination: z.optional(destinationSchema),
  evidence: evidenceSchema,
  entry: entrySchema,
  /** Ways that were tried and are closed: before `entry`, or after it where none is open. */
  otherWays: z.optional(z.array(entrySchema)),
  /** Cases of earlier versions do not say. */
  internet: z.optional(z.enum(INTERNET_MODES)),
  /** Set where `--only` or `--skip` left something of the plan out. */
  narrowed: z.optional(z.literal(true)),
  /** The plan: what was asked of the pod. */
  asks: z.readonly(z.array(askSchema)),
  /** What came back; asks without a run did not answer. */
  runs: z.readonly(z.array(rawResultSchema)),
});
export type Case = z.infer<typeof caseSchema>;
