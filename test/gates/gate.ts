/** One row of the gate matrix: what stands in netcheck's way, how the sandbox makes it, and what a user has to be told of it. */
import type { Entry } from '../../src/model/entry.ts';
import type { SandboxCluster } from '../sandbox/cluster.ts';
import type { KubeObject } from '../sandbox/contract.ts';
import type { Step } from '../sandbox/scenario-file.ts';

export interface Expected {
  readonly status: 'healthy' | 'broken' | 'inconclusive';
  readonly exit: number;
  /** Each has to be found; where it is a gate's, no other gate may. */
  readonly codes: readonly string[];
  /** Words of the text report, wherever its lines break. */
  readonly says?: readonly string[];
  /** Words that must not stand in it. */
  readonly not?: readonly string[];
  /** Whole lines that the findings offer to type. `CONTAINER` is the debug container of the run. */
  readonly next?: readonly string[];
  /** Lines of the YAML that would mend it. */
  readonly mend?: readonly string[];
  /** Words on stderr. */
  readonly stderr?: readonly string[];
  /** How the debug container got on; `refused` and `not-attempted` mean that the pod is as it was. */
  readonly entry: Entry['state'];
  /** The kubelet's event tells it, and status only seconds later: the run is over before status says so. */
  readonly beforeStatus?: true;
}

export interface Gate {
  readonly name: string;
  /** What looks alike, and is another gate or none. */
  readonly nearMiss?: true;
  /** What is done to the base scenario (test/sandbox/scenarios/base.yaml). */
  readonly steps?: readonly Step[];
  /** The user's Role rules in the namespace; cluster-admin where not given. */
  readonly rights?: readonly Readonly<Record<string, readonly string[]>>[];
  /** What only tests can do: faults of the API server, something that happens while netcheck runs. */
  readonly arrange?: (cluster: SandboxCluster) => void | Promise<void>;
  /** `client` where not given. */
  readonly pod?: string;
  readonly args?: readonly string[];
  /** It ends with an error: there is no report, and this is what stderr says. */
  readonly error?: { readonly exit: number; readonly says: string };
  readonly expect?: Expected;
}

export const NAMESPACE = 'shop';

/** A pod like the base scenario's client. `sandbox`: its sandbox.netcheck/ annotations. */
export const podObject = (
  name: string,
  more: {
    readonly spec?: object;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly sandbox?: Readonly<Record<string, string>>;
  } = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: NAMESPACE,
    labels: { app: name, ...more.labels },
    annotations: {
      ...more.annotations,
      ...Object.fromEntries(
        Object.entries(more.sandbox ?? {}).map(([key, value]) => [`sandbox.netcheck/${key}`, value]),
      ),
    },
    ...(more.finalizers === undefined ? {} : { finalizers: more.finalizers }),
  },
  spec: {
    containers: [{ name: 'app', image: 'docker.io/lab/web:1', args: ['-http', ':9000'] }],
    ...more.spec,
  },
});

/** As a step; the fields that steps check are there. */
export const applied = (...objects: readonly KubeObject[]): Step => ({
  apply: objects.map((object) => ({ ...object, metadata: { ...object.metadata } })),
});

export const patched = (
  resource: string,
  name: string,
  merge: Readonly<Record<string, unknown>>,
  namespace?: string,
): Step => ({ patch: { resource, name, merge, ...(namespace === undefined ? {} : { namespace }) } });

export const nodePatched = (merge: Readonly<Record<string, unknown>>): Step =>
  patched('nodes', 'node-1', merge);
export const podPatched = (merge: Readonly<Record<string, unknown>>, name = 'client'): Step =>
  patched('pods', name, merge, NAMESPACE);
