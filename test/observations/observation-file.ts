/**
 * The file of a condition: how it is made, what is asked of one pod in it, and how each answer has to be read. Nothing in it is derived
 * from the code under test: the outcome follows from the fault.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { RUN_ENDS } from '../../src/model/entry.ts';
import { stepSchema } from '../sandbox/scenario-file.ts';

const FOLDER = new URL('scenarios/', import.meta.url);

const ipv4 = z.literal('ipv4');
const ipv6 = z.literal('ipv6');

const askSchema = z.strictObject({
  probe: z.string(),
  /** As the probe takes it. `$(POD.ipv4)` and `$(POD.ipv6)` are the addresses of a pod of the namespace. */
  question: z.looseObject({}).default({}),
  /** A part of the outcome; see differences.ts. */
  expect: z.looseObject({ kind: z.string() }),
});
export type ObservationAsk = z.infer<typeof askSchema>;

const conditionSchema = z.strictObject({
  /** One line: the condition. */
  title: z.string(),
  /** What makes it so, and what follows. */
  about: z.string(),
  /** The kind of cluster that it needs: its address families, the first first. */
  families: z
    .union([z.tuple([ipv4]), z.tuple([ipv6]), z.tuple([ipv4, ipv6]), z.tuple([ipv6, ipv4])])
    .default(['ipv4']),
  namespace: z.string().default('shop'),
  /** The pod that is asked. */
  pod: z.string().default('client'),
  /** As in test/sandbox/scenarios. */
  steps: z.array(stepSchema).default([]),
  /** How the debug container ends. */
  end: z.enum(RUN_ENDS).default('complete'),
  asks: z.array(askSchema).min(1),
});
export type Condition = z.infer<typeof conditionSchema> & { readonly name: string };

const contentOf = (file: string): unknown => {
  try {
    return parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${String(cause)}`, { cause });
  }
};

const loadFile = (file: string): Condition => {
  const result = conditionSchema.safeParse(contentOf(file));
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  return { name: file.replace(/\.yaml$/, ''), ...result.data };
};

/** Sorted by name. @throws where a file cannot be read, saying what is wrong in it. */
export const loadConditions = (): readonly Condition[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map(loadFile);
