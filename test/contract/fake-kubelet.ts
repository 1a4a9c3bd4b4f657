/** A node that plays back what a real one did: it writes recorded statuses and events, and has recorded logs and commands. */
import type { Loose } from '../sandbox/api/json.ts';
import type { ExecProcess, Kubelet, Store } from '../sandbox/contract.ts';

export interface FakeKubelet extends Kubelet {
  /** Writes this status, as the node would. */
  play(namespace: string, pod: string, status: Loose): void;
  /** Sets what the container has printed so far, and whether it has ended. */
  print(container: string, text: string, ended?: boolean): void;
  /** What a command does. */
  script(command: readonly string[], outcome: Outcome): void;
}

export interface Outcome {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** It cannot be started. */
  readonly message?: string;
  /** Gives back what it is given, until the input ends. */
  readonly echoes?: true;
}

interface Log {
  readonly text: string;
  readonly ended: boolean;
}

/** In small pieces, as they may come from a real runtime. */
const PIECE = 5;
const bytes = async function* (text: string): AsyncIterable<Uint8Array> {
  const data = Buffer.from(text);
  const size = data.length > 1000 ? data.length : PIECE;
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
};

export const createFakeKubelet = (store: Store): FakeKubelet => {
  const logs = new Map<string, Log>();
  const outcomes = new Map<string, Outcome>();
  const printed = new Set<() => void>();

  const follow = async function* (name: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
    let at = 0;
    while (!signal.aborted) {
      const log = logs.get(name);
      const text = log?.text.slice(at) ?? '';
      at += text.length;
      yield* bytes(text);
      if (log?.ended && log.text.length === at) return;
      await new Promise<void>((resolve) => {
        printed.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  };

  const runEcho = (): ExecProcess => {
    const chunks: Uint8Array[] = [];
    let close: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const stdout = async function* (): AsyncIterable<Uint8Array> {
      await closed;
      yield Buffer.concat(chunks);
    };
    return {
      stdout: stdout(),
      stderr: bytes(''),
      writeStdin: (chunk) => chunks.push(chunk),
      closeStdin: close,
      exit: closed.then(() => ({ code: 0 })),
      kill: close,
    };
  };

  return {
    log: ({ container }, { follow: wanted, signal }) => {
      const log = logs.get(container);
      if (log === undefined) return undefined;
      return wanted ? follow(container, signal) : bytes(log.text);
    },
    exec: (_container, command) => {
      const {
        stdout = '',
        stderr = '',
        code,
        message,
        echoes,
      } = outcomes.get(command.join(' ')) ?? { code: 0 };
      if (echoes) return runEcho();
      return {
        stdout: bytes(stdout),
        stderr: bytes(stderr),
        writeStdin: () => undefined,
        closeStdin: () => undefined,
        exit: Promise.resolve(message === undefined ? { code: code ?? 0 } : { message }),
        kill: () => undefined,
      };
    },
    play: (namespace, pod, status) => {
      store.update('pods', namespace, pod, (current) => ({ ...current, status }));
    },
    print: (container, text, ended = false) => {
      logs.set(container, { text, ended });
      for (const tell of printed) tell();
      printed.clear();
    },
    script: (command, outcome) => outcomes.set(command.join(' '), outcome),
  };
};
