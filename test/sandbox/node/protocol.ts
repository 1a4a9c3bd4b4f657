/**
 * What the parent and the agent say to each other, one JSON object a line over the agent's stdin and stdout.
 * The agent is a thin executor: it knows processes and sockets, and nothing of Kubernetes.
 */

/** How a process is to be started in the node. */
export interface ProcessSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** `ipc`: a Node process of ours that takes and sends JSON messages. */
  readonly channel?: 'ipc';
  /** Keep stdin open for `write`; otherwise the process reads /dev/null. */
  readonly stdin?: boolean;
  /** A file whose text (at most 4096 bytes) goes with the exit: /dev/termination-log. */
  readonly terminationLog?: string;
}

/** What the kubelet asks of a pod: one HTTP request or one TCP connection, from the node's own namespace. */
export interface ProbeSpec {
  readonly kind: 'http' | 'https' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface Completed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Request =
  | { readonly op: 'run'; readonly argv: readonly string[]; readonly input?: string }
  | { readonly op: 'start'; readonly process: string; readonly spec: ProcessSpec }
  | { readonly op: 'write'; readonly process: string; readonly data?: string }
  | { readonly op: 'message'; readonly process: string; readonly message: unknown }
  | { readonly op: 'signal'; readonly process: string; readonly signal: 'SIGTERM' | 'SIGKILL' }
  | { readonly op: 'pid'; readonly process: string }
  | { readonly op: 'probe'; readonly spec: ProbeSpec };

/** What each request answers with. */
export interface Answers {
  readonly run: Completed;
  readonly start: { readonly pid: number };
  readonly write: null;
  readonly message: null;
  readonly signal: null;
  /** Process id, in the agent's numbering, of the innermost process: the first one of a container. */
  readonly pid: { readonly pid: number | undefined };
  readonly probe: ProbeResult;
}

export type Report =
  | { readonly event: 'ready' }
  | { readonly event: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly event: 'failed'; readonly id: number; readonly message: string }
  | { readonly event: 'output'; readonly process: string; readonly fd: 1 | 2; readonly data: string }
  | { readonly event: 'message'; readonly process: string; readonly message: unknown }
  | {
      readonly event: 'exit';
      readonly process: string;
      /** 128 + number of the signal where one ended it, as the runtime reports it. */
      readonly code: number;
      readonly terminationMessage: string;
    };
