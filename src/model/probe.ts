/** What a probe is: a question, the command that asks it inside the pod, and the parser of what the tool printed. */
import type * as z from 'zod/mini';
import type { Layer } from './layer.ts';

/** What the runner brought back of one ask, not yet read by anybody. */
export interface RawResult {
  /** The ask's id. */
  readonly id: string;
  /** Milliseconds since the runner began (resolution 10 ms); undefined where the container has no /proc/uptime. */
  readonly startedMs?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Exit status of the tool. 124 or 137: its time limit ended it. 127: not in the image. 126: may not be run. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Streams that were longer than the runner's limit, and so are not whole. */
  readonly cut: readonly ('stdout' | 'stderr')[];
}

/** What a parser sees of a run. */
export type ToolOutput = Pick<RawResult, 'exitCode' | 'stdout' | 'stderr' | 'cut'>;

/** The tool ran, but what it printed was not understood: never a pass, never a failure. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** The part of the output that was not understood, as printed. */
  readonly text: string;
}

/** The ask brought no answer at all. */
export interface DidNotRun {
  readonly kind: 'did-not-run';
  readonly reason:
    | 'tool-missing'
    | 'tool-not-executable'
    | 'killed'
    | 'no-record'
    | 'not-started'
    | 'unsupported-tool'
    /** It ran, and a mesh proxy answered in place of the destination. Given when a case is judged, never by a parser. */
    | 'intercepted';
  readonly detail?: string | undefined;
}

export interface Probe<Id extends string, Question, Outcome extends { readonly kind: string }> {
  readonly id: Id;
  /** The layer that a failure of this probe points at first. */
  readonly layer: Layer;
  /** The program it runs, as found in netshoot. */
  readonly tool: string;
  /** One line for docs and `--dry-run`. */
  readonly summary: string;
  /** The question's shape; what a saved case holds is checked against it. */
  readonly question: z.ZodMiniType<Question>;
  /**
   * The argv to run in the debug container. Data stand in arguments of their own, never inside a script. `patienceSeconds`: how long
   * the tool waits for one answer, a whole number from 1; undefined: its usual.
   */
  readonly command: (question: Question, patienceSeconds?: number) => readonly string[];
  /** Seconds after which the runner ends the tool. The tool's own limits are shorter, so that it can say what it saw. */
  readonly timeLimitSeconds: (question: Question, patienceSeconds?: number) => number;
  /** Milliseconds that it takes where all is well. What takes longest is started first. 0 where it does not say. */
  readonly usualMs?: number;
  /** Pure and total: whatever the bytes, it returns. Output that it does not understand is `unreadable`. */
  readonly parse: (output: ToolOutput, question: Question) => Outcome | Unreadable | DidNotRun;
}

/** How one question is put: the argv, the runner's limit in whole seconds, and what it takes where all is well. */
export interface Order {
  readonly argv: readonly string[];
  readonly limitSeconds: number;
  readonly usualMs: number;
}

export interface DefinedProbe<Id extends string, Question, Outcome extends { readonly kind: string }>
  extends Probe<Id, Question, Outcome> {
  /** For a list of many probes' questions, as in a plan or a saved case: both throw where it is not one that this probe takes. */
  readonly order: (question: unknown, patienceSeconds?: number) => Order;
  readonly answer: (output: ToolOutput, question: unknown) => Outcome | Unreadable | DidNotRun;
}

export const defineProbe = <Id extends string, Question, Outcome extends { readonly kind: string }>(
  probe: Probe<Id, Question, Outcome>,
): DefinedProbe<Id, Question, Outcome> => ({
  ...probe,
  order: (question, patienceSeconds) => {
    const read = probe.question.parse(question);
    return {
      argv: probe.command(read, patienceSeconds),
      limitSeconds: probe.timeLimitSeconds(read, patienceSeconds),
      usualMs: probe.usualMs ?? 0,
    };
  },
  answer: (output, question) => probe.parse(output, probe.question.parse(question)),
});

/** Printable ASCII but what ends a field or a line of the runner's records, and `\\`, which echo reads. */
const ID = /^[!-[\]-{}]{1,200}$/;
/** Whether the runner can carry this id. */
export const isAskId = (text: string): boolean => ID.test(text);

/** A question put to the pod for one purpose of the plan. */
export interface Ask<Id extends string = string, Question = unknown> {
  /** Unique within a run: `dns-lookup/cluster-name`. */
  readonly id: string;
  readonly probe: Id;
  readonly purpose: Purpose;
  readonly question: Question;
}

/** What the answer is wanted for. Rules select observations by it. */
export const PURPOSES = [
  'interface',
  'listeners',
  'tools',
  'gateway',
  'resolver-config',
  'nameserver',
  'nameserver-lookup',
  'cluster-name',
  'external-name',
  'reverse-name',
  'kubernetes-api',
  'node',
  'internet',
  'path-mtu',
  'app-proxy',
  /** The servers that cluster DNS forwards to. */
  'upstream',
  /** What `--to` named: its name, its address as apps connect to it, each endpoint behind it, its certificate, and what it is compared with. */
  'destination-name',
  'destination',
  'destination-endpoint',
  'destination-certificate',
  'destination-reference',
  /** The pod that is meant, asked from a look-alike beside it. */
  'original',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The answer to an ask, read. */
export interface ObservationOf<Id extends string, Question, Outcome> extends Ask<Id, Question> {
  readonly outcome: Outcome | Unreadable | DidNotRun;
  readonly startedMs?: number | undefined;
  readonly durationMs?: number | undefined;
}
