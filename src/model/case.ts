/** The case: everything a verdict depends on, as one value. A bug report is a case file; a golden test is a case file. */
import * as z from 'zod';
import { API_VERSION } from './api-version.ts';
import { entrySchema } from './entry.ts';
import { evidenceSchema } from './evidence.ts';
import { PURPOSES } from './probe.ts';

export const rawResultSchema = z.object({
  id: z.string(),
  startedMs: z.number().optional(),
  durationMs: z.number().optional(),
  exitCode: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  cut: z.array(z.enum(['stdout', 'stderr'])).readonly(),
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
  pickedFrom: z.object({ owner: z.string(), count: z.number() }).optional(),
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
  target: targetSchema,
  evidence: evidenceSchema,
  entry: entrySchema,
  /** Cases of earlier versions do not say. */
  internet: z.enum(INTERNET_MODES).optional(),
  /** The plan: what was asked of the pod. */
  asks: z.array(askSchema).readonly(),
  /** What came back; asks without a run did not answer. */
  runs: z.array(rawResultSchema).readonly(),
});
export type Case = z.infer<typeof caseSchema>;
