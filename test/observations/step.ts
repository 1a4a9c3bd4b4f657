/** The steps of test/sandbox/scenario-file.ts, which keeps its schema to itself. */
import * as z from 'zod';
import type { Step } from '../sandbox/scenario-file.ts';

const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const reference = z.object({ resource: z.string(), namespace: z.string().optional(), name: z.string() });

export const stepSchema: z.ZodType<Step> = z.union([
  z.strictObject({ apply: z.array(object) }),
  z.strictObject({ delete: reference }),
  z.strictObject({ patch: reference.extend({ merge: z.looseObject({}) }) }),
  z.strictObject({ network: z.object({ in: z.string(), run: z.string() }) }),
  z.strictObject({ endpoints: z.object({ namespace: z.string(), service: z.string(), ready: z.number() }) }),
]);
