/**
 * A scenario: objects, real faults, and what netcheck has to say of them, in one YAML file that a person can read.
 * The faults are written by hand; nothing here is derived from the code under test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { SandboxCluster } from './cluster.ts';
import type { Cluster, KubeObject } from './contract.ts';

const FOLDER = new URL('scenarios/', import.meta.url);

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const reference = z.object({ resource: z.string(), namespace: z.string().optional(), name: z.string() });

const stepSchema = z.union([
  z.strictObject({ apply: z.array(objectSchema) }),
  z.strictObject({ delete: reference }),
  /** A JSON merge patch, put straight into the store: status as well as spec. */
  z.strictObject({ patch: reference.extend({ merge: z.looseObject({}) }) }),
  /** A shell command as root in a network namespace. */
  z.strictObject({ network: z.object({ in: z.string(), run: z.string() }) }),
  /** Waits until the Service has so many ready endpoints. */
  z.strictObject({ endpoints: z.object({ namespace: z.string(), service: z.string(), ready: z.number() }) }),
]);
export type Step = z.infer<typeof stepSchema>;

const code = z.string().regex(/^NC\d{4}$/);

const scenarioSchema = z.strictObject({
  /** One line: the condition. */
  title: z.string(),
  /** What makes it so, and what it must not be taken for. */
  about: z.string(),
  namespace: z.string().default('shop'),
  target: z.string(),
  /** Further arguments of the command line. */
  args: z.array(z.string()).default([]),
  /** Runs as a user with exactly these rights, as Role rules in the namespace. */
  rights: z.array(z.looseObject({})).optional(),
  steps: z.array(stepSchema).default([]),
  expect: z.strictObject({
    status: z.enum(['healthy', 'broken', 'inconclusive']),
    exit: z.number(),
    /** The named cause and what follows from it, root first; empty for a healthy pod. */
    chain: z.array(code).default([]),
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

const asObject = (object: z.infer<typeof objectSchema>): KubeObject => object as KubeObject; // what objectSchema has checked

const mergePatch = (onto: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof onto === 'object' && onto !== null && !Array.isArray(onto) ? { ...onto } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
};

const readyEndpoints = (cluster: Cluster, namespace: string, service: string): number =>
  cluster.store
    .list('endpointslices', namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service)
    .flatMap((slice): { conditions?: { ready?: boolean } }[] => slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready !== false).length;

const WAIT_MS = 20_000;
const until = async (what: string, holds: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(20)) if (holds()) return;
  throw new Error(`waited ${WAIT_MS / 1000} s in vain: ${what}`);
};

const PLACES = /^(node|internet|pod\/[^/]+\/[^/]+)$/;
const isPlace = (text: string): text is Parameters<Cluster['inNetwork']>[0] => PLACES.test(text);

const take = async (cluster: Cluster, step: Step): Promise<void> => {
  if ('apply' in step) await cluster.apply(step.apply.map(asObject));
  else if ('delete' in step)
    cluster.store.delete(step.delete.resource, step.delete.namespace, step.delete.name);
  else if ('patch' in step) {
    const { resource, namespace, name, merge } = step.patch;
    const changed = cluster.store.update(
      resource,
      namespace,
      name,
      (object) => mergePatch(object, merge) as KubeObject,
    ); // as above
    if (changed === undefined) throw new Error(`nothing to patch: ${resource} ${namespace ?? ''}/${name}`);
  } else if ('network' in step) {
    if (!isPlace(step.network.in)) throw new Error(`no such place: ${step.network.in}`);
    const done = await cluster.inNetwork(step.network.in, ['sh', '-ec', step.network.run]);
    if (done.exitCode !== 0) throw new Error(`${step.network.run}: exit ${done.exitCode}: ${done.stderr}`);
  } else {
    const { namespace, service, ready } = step.endpoints;
    await until(
      `${ready} ready endpoints of ${namespace}/${service}`,
      () => readyEndpoints(cluster, namespace, service) === ready,
    );
  }
};

/** Brings the cluster into the scenario's state. Returns the kubeconfig to run netcheck with. */
export const stage = async (cluster: SandboxCluster, scenario: Scenario): Promise<string> => {
  await cluster.reset();
  await cluster.apply(baseObjects());
  for (const step of scenario.steps) {
    await take(cluster, step);
    await cluster.settled();
  }
  if (scenario.rights === undefined) return cluster.kubeconfig;
  const name = 'dev';
  await cluster.apply([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: scenario.namespace },
      rules: scenario.rights,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: scenario.namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }],
    },
  ]);
  return cluster.kubeconfigOf(name);
};
