/**
 * The file of a scenario: objects, real faults, and what netcheck has to say of them, in YAML that a person can read.
 * The faults are written by hand; nothing here is derived from the code under test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { KubeObject } from './contract.ts';

const FOLDER = new URL('scenarios/', import.meta.url);

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const reference = z.object({ resource: z.string(), namespace: z.string().optional(), name: z.string() });

export const stepSchema = z.union([
  z.strictObject({ apply: z.array(objectSchema) }),
  z.strictObject({ delete: reference }),
  /** A JSON merge patch, put straight into the store: status as well as spec; `$(5 minutes ago)` is a time. */
  z.strictObject({ patch: reference.extend({ merge: z.looseObject({}) }) }),
  /** A shell command as root in a network namespace. */
  z.strictObject({ network: z.object({ in: z.string(), run: z.string() }) }),
  /** Waits until the pod's container has crashed more than once, and is not started again for a while. */
  z.strictObject({ crashLoop: z.object({ namespace: z.string(), pod: z.string() }) }),
  /** Waits until the Service has so many ready endpoints. */
  z.strictObject({ endpoints: z.object({ namespace: z.string(), service: z.string(), ready: z.number() }) }),
]);
export type Step = z.infer<typeof stepSchema>;

const code = z.string().regex(/^NC\d{4}$/);
/**
 * `NC3001|NC3003`: either, where it is a matter of moments which of two is seen. `NC6001?`: where it is chance whether it shows, as of a
 * connection to one endpoint of several.
 */
const chainStep = z.string().regex(/^NC\d{4}(\|NC\d{4})*\??$/);

const ipv4 = z.literal('ipv4');
const ipv6 = z.literal('ipv6');
const families = z.union([z.tuple([ipv4]), z.tuple([ipv6]), z.tuple([ipv4, ipv6]), z.tuple([ipv6, ipv4])]);

const scenarioSchema = z.strictObject({
  /** One line: the condition. */
  title: z.string(),
  /** What makes it so, and what it must not be taken for. */
  about: z.string(),
  /** The kind of cluster that it needs: its address families, the first first. */
  families: families.default(['ipv4']),
  namespace: z.string().default('shop'),
  target: z.string(),
  /** Further arguments of the command line. `$(web-0.ipv4)` is the address of that pod of the namespace. */
  args: z.array(z.string()).default([]),
  /** Runs as a user with exactly these rights, as Role rules in the namespace. */
  rights: z.array(z.looseObject({})).optional(),
  steps: z.array(stepSchema).default([]),
  expect: z.strictObject({
    status: z.enum(['healthy', 'broken', 'inconclusive']),
    exit: z.number(),
    /** The named cause and what follows from it, root first; empty for a healthy pod. */
    chain: z.array(chainStep).default([]),
    /** Codes that must not stand anywhere in the report. */
    not: z.array(code).default([]),
    /** Words that the text report has to contain. */
    says: z.array(z.string()).default([]),
  }),
});
export type Scenario = z.infer<typeof scenarioSchema> & { readonly name: string };

export const loadScenarios = (): readonly Scenario[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && file !== 'base.yaml')
    .sort()
    .map(loadFile);

const loadFile = (file: string): Scenario => {
  const result = scenarioSchema.safeParse(parse(readFileSync(new URL(file, FOLDER), 'utf8')));
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  return { name: file.replace(/\.yaml$/, ''), ...result.data };
};

/** What every scenario starts from: namespace shop with a client pod and a web Deployment. */
export const baseObjects = (): readonly KubeObject[] =>
  parseAllDocuments(readFileSync(new URL('base.yaml', FOLDER), 'utf8')).map((document) =>
    asObject(objectSchema.parse(document.toJS())),
  );

/** What objectSchema has checked. */
export const asObject = (object: z.infer<typeof objectSchema>): KubeObject => object as KubeObject; // as above
