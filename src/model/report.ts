/** What a run says in the end. The JSON output is this value; renderers turn it into everything else. */
import type { Observation } from '../../probes/index.ts';
import type { API_VERSION } from './api-version.ts';
import type { Target } from './case.ts';
import type { Destination } from './destination.ts';
import type { Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import type { Layer } from './layer.ts';

/**
 * A question that a healthy verdict depends on. `ok` only where it was measured and passed.
 * `not-applicable`: nothing to ask (no-internet, hostNetwork …); `unknown`: asked or wanted, but no answer.
 */
export interface Check {
  readonly layer: Layer;
  /** `default-route`, `cluster-name`, `kubernetes-api`, `internet` … */
  readonly id: string;
  readonly state: 'ok' | 'failed' | 'unknown' | 'not-applicable';
  /** It is not known because this layer must work first: told there. */
  readonly needs?: Layer | undefined;
  /** What was seen, or why it is not known: one line for the screen. */
  readonly detail: string;
  readonly durationMs?: number | undefined;
}

export interface LayerLine {
  readonly layer: Layer;
  readonly state: 'ok' | 'warning' | 'broken' | 'unknown' | 'not-run';
  readonly detail: string;
  readonly durationMs?: number | undefined;
  /** Codes of the findings on this layer. */
  readonly codes: readonly string[];
}

export interface Verdict {
  readonly status: 'healthy' | 'broken' | 'inconclusive';
  /** One sentence. */
  readonly summary: string;
  /** Codes: the root first, then what follows from it. Empty when healthy. */
  readonly chain: readonly string[];
  /** Codes of further errors that neither follow from the root nor explain it. */
  readonly others: readonly string[];
  /** Why it could not be told, one reason a line; also set beside `broken` where something was not seen. */
  readonly unknowns: readonly string[];
}

export interface Report {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'Report';
  readonly toolVersion: string;
  readonly gatheredAt: string;
  readonly durationMs: number;
  /** Sent to the API server, repeated ones among them. */
  readonly apiRequests?: number | undefined;
  readonly target: Target & { readonly node?: string | undefined; readonly podIPs: readonly string[] };
  /** Where the pod was asked to reach. */
  readonly destination?: Destination | undefined;
  /** What a reader has to know of how it was seen: another way than an ephemeral container, what that cannot show. */
  readonly notes?: readonly string[] | undefined;
  readonly verdict: Verdict;
  readonly layers: readonly LayerLine[];
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  readonly observations: readonly Observation[];
  readonly entry: Entry;
  /** Ways that were tried and are closed. */
  readonly otherWays?: readonly Entry[] | undefined;
}
