/**
 * The seams of the embedded cluster. The API double (api/) owns the store and talks HTTP; controllers and the node (node/)
 * watch the store and write back, as in a real cluster. Nothing in here knows anything about netcheck.
 */

/** Any Kubernetes object, as it stands in etcd. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly {
      readonly apiVersion: string;
      readonly kind: string;
      readonly name: string;
      readonly uid: string;
      readonly controller?: boolean;
    }[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: the double holds every kind of object; its users know which they ask for
  readonly [field: string]: any;
}

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural, lower case: `pods`, `endpointslices`. */
  readonly resource: string;
  readonly object: KubeObject;
}

/** In-memory etcd: every write gets the next resourceVersion; objects are deeply frozen or copied, never shared. */
export interface Store {
  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(resource: string, namespace?: string): readonly KubeObject[];
  /** Fills in uid, creationTimestamp, resourceVersion, and a name from generateName. Throws when it exists. */
  create(resource: string, object: KubeObject): KubeObject;
  /**
   * Read-modify-write in one step; `change` gets a private copy and returns the new object.
   * generation counts up when `spec` differs. Returns undefined when there is no such object.
   */
  update(
    resource: string,
    namespace: string | undefined,
    name: string,
    change: (object: KubeObject) => KubeObject,
  ): KubeObject | undefined;
  delete(resource: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** Called synchronously after each write. Returns the way to stop. */
  watch(listener: (event: StoreEvent) => void): () => void;
  readonly resourceVersion: string;
}

/** What the API server asks of the node that runs the pod. */
export interface Kubelet {
  /**
   * The container's log. `undefined`: the container has not been started (the API answers 400 "waiting to start").
   * With follow, the iteration ends when the container has ended and all was read, or when `signal` fires.
   */
  log(
    container: { readonly namespace: string; readonly pod: string; readonly container: string },
    options: { readonly follow: boolean; readonly signal: AbortSignal },
  ): AsyncIterable<Uint8Array> | undefined;
  /** Runs a command beside a running container, in its namespaces. Throws an ExecError when it cannot be started. */
  exec(
    container: { readonly namespace: string; readonly pod: string; readonly container: string },
    command: readonly string[],
    options: { readonly stdin: boolean; readonly tty: boolean },
  ): ExecProcess;
}

export interface ExecProcess {
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  writeStdin(chunk: Uint8Array): void;
  closeStdin(): void;
  /** Exit code; undefined with `message` when the command could not be started (no such file). */
  readonly exit: Promise<{ readonly code?: number; readonly message?: string }>;
  kill(): void;
}

/** How quick the node is; the defaults are those of a quiet pod on a real node (shared/api/timelines.jsonl). */
export interface KubeletTiming {
  /** From the PATCH to `ContainerCreating` in status. */
  readonly acceptMs: number;
  /** From the PATCH to the container's start. */
  readonly startMs: number;
  /** From the container's end to `terminated` in status. */
  readonly endMs: number;
  /** From the PATCH to a waiting reason in status, where something failed before the start. */
  readonly failureStatusMs: number;
}

export const QUIET_POD: KubeletTiming = { acceptMs: 20, startMs: 110, endMs: 400, failureStatusMs: 11_500 };
export const BUSY_POD: KubeletTiming = {
  acceptMs: 900,
  startMs: 1_600,
  endMs: 1_000,
  failureStatusMs: 13_000,
};

/** A running embedded cluster. */
export interface Cluster {
  /** https://127.0.0.1:PORT */
  readonly server: string;
  /** Path of a kubeconfig with cluster-admin rights. */
  readonly kubeconfig: string;
  readonly store: Store;
  /** Applies objects as `kubectl apply` would, and waits until pods that can run are running and Services are in place. */
  apply(objects: readonly KubeObject[]): Promise<void>;
  /** Runs a constant shell command as root in the network namespace of the node, of a pod (`pod/NAMESPACE/NAME`) or of the internet; for faults. */
  inNetwork(
    where: 'node' | 'internet' | `pod/${string}/${string}`,
    command: readonly string[],
  ): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** A kubeconfig of a user (bearer token) that has only the rights that RBAC objects in the store give it. */
  kubeconfigOf(user: string, groups?: readonly string[]): Promise<string>;
  /** Forgets all namespaces but the system's and all faults; the cluster can be used for the next scenario. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
