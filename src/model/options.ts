/** What a check is told to do, and what it tells while it works. Types only; src/cli makes them from argv. */

import type { SuiteWord } from '../../probes/words.ts';
import type { Case } from './case.ts';

/** kubectl's connection flags, with kubectl's meaning; undefined: not given on the command line. */
export interface ConnectionFlags {
  /** A path. Like kubectl, it replaces KUBECONFIG and the default path. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  /** `https://host:port` */
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly as?: string | undefined;
  /** Empty: none. */
  readonly asGroups: readonly string[];
  readonly asUid?: string | undefined;
  /** Milliseconds for one request that is no watch; 0: no limit, as in kubectl. */
  readonly requestTimeoutMs?: number | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly tlsServerName?: string | undefined;
  /** Paths. */
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
}

/** The kinds that lead to a pod. */
export const TARGET_KINDS = [
  'pod',
  'deployment',
  'replicaset',
  'statefulset',
  'daemonset',
  'job',
  'cronjob',
  'service',
] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** The target, read: kind in its full singular form, name valid by RFC 1123. */
export interface TargetRef {
  readonly kind: TargetKind;
  readonly name: string;
}

/** What `--to` names, read: names valid by RFC 1123, ports 1 to 65535. Whether a host is a Service's name only the cluster can tell. */
export type DestinationRef =
  | {
      readonly kind: 'service' | 'pod' | 'ingress';
      readonly name: string;
      /** undefined: the target's. */
      readonly namespace?: string | undefined;
      readonly port?: number | string | undefined;
    }
  | { readonly kind: 'address'; readonly address: string; readonly port?: number | undefined }
  | { readonly kind: 'host'; readonly host: string; readonly port?: number | string | undefined }
  /** http or https, without user name and password. */
  | { readonly kind: 'url'; readonly url: string };

export interface DestinationOption {
  /** As the user typed it. */
  readonly requested: string;
  readonly ref: DestinationRef;
}

/** How netcheck gets to see the pod's network; `auto`: the first that is open, in the order ephemeral, exec, jump. */
export const VIA = ['auto', 'ephemeral', 'exec', 'jump', 'sidecar'] as const;
export type Via = (typeof VIA)[number];

/** What the debug container may do: as strict as Pod Security can ask, as the image's own user, or root with NET_ADMIN and NET_RAW. */
export const PROFILES = ['restricted', 'baseline', 'netadmin'] as const;
export type Profile = (typeof PROFILES)[number];

export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';
export type DryRun = 'none' | 'client' | 'server';

/** A list holds at least one of URL (http, https), IP or HOST[:PORT], each of valid form. */
export type InternetTargets = 'default' | 'none' | readonly string[];

export interface CheckOptions {
  /** As the user typed it (`web-0`, `deploy/web`); two words are joined by a slash. For `Target.requested`. */
  readonly target: string;
  /** The same, read. */
  readonly ref: TargetRef;
  /** undefined: what every pod needs is asked. */
  readonly to?: DestinationOption | undefined;
  /** undefined: the context's. */
  readonly namespace?: string | undefined;
  readonly connection: ConnectionFlags;
  /** undefined: the pinned default. */
  readonly image?: string | undefined;
  readonly imagePullPolicy?: ImagePullPolicy | undefined;
  readonly via: Via;
  readonly profile: Profile;
  /** For `exec`: the container to run the tools of; undefined: the pod's default one. */
  readonly container?: string | undefined;
  /** Whole seconds that the debug container stays after the suite, for the next run and for `kubectl exec`; undefined: not at all. */
  readonly keepSeconds?: number | undefined;
  /** For `jump`: a Secret beside those of the pod. */
  readonly imagePullSecret?: string | undefined;
  /** A change to somebody's workload needs no further word. */
  readonly yes: boolean;
  /** Milliseconds for the whole run, from argv to verdict. */
  readonly timeoutMs: number;
  readonly internet: InternetTargets;
  /** Undefined: all that is planned. */
  readonly only?: readonly SuiteWord[] | undefined;
  readonly skip?: readonly SuiteWord[] | undefined;
  /** Whole seconds that a probe's tool waits for one answer; undefined: each probe's own. */
  readonly probePatienceSeconds?: number | undefined;
  readonly dryRun: DryRun;
}

/** In the order in which a run goes through them. */
export const STAGES = ['connect', 'target', 'evidence', 'inject', 'wait', 'probe', 'left', 'done'] as const;
export type Stage = (typeof STAGES)[number];

export interface ProgressEvent {
  /** `inject` is told before a change to the cluster, `left` where something of ours stays: both are always shown. */
  readonly stage: Stage;
  /** One line for a person, without a newline. */
  readonly text: string;
  /** For `probe`: answers in, of `total`. */
  readonly done?: number | undefined;
  readonly total?: number | undefined;
}

export interface CheckPorts {
  readonly progress: (event: ProgressEvent) => void;
  /** Called at most once, while the slowest answers are still out: the case as it would be if nothing more came. */
  readonly rehearse: (partial: Case) => void;
  /** Fires when the user stops the run; what was seen until then is judged. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** What netcheck adds to the cluster, as a person would read it before agreeing. */
export interface Change {
  /** `PATCH pods/web-0/ephemeralcontainers, strategic merge` */
  readonly title: string;
  readonly body: unknown;
  /** What it means for those who run there, one thing a line; empty where it is nothing. */
  readonly consequences: readonly string[];
  /** The same by a command of kubectl's; undefined where there is none. */
  readonly byHand?: string | undefined;
}

export interface CheckResult {
  readonly case: Case;
  /** What was, or with `--dry-run` would be, sent. */
  readonly change?: Change | undefined;
}
