/** A flow that was asked for, with what the policies of both ends say of it, and what became of it. */
import type { Flow } from '../policy/flow.ts';
import type { FlowVerdict } from '../policy/verdict.ts';

export type FlowAbout = 'destination' | 'nameserver' | 'kubernetes-api' | 'internet';

/** `silent`: nothing came back, as where a packet is dropped. `told`: an error came back, as where it is rejected. */
export type FlowFate = 'passes' | 'silent' | 'told' | 'not-measured';

export interface JudgedFlow {
  readonly about: FlowAbout;
  /** `pod/web-0 (10.244.0.21) on 8080/TCP` */
  readonly to: string;
  readonly flow: Flow;
  readonly verdict: FlowVerdict;
  readonly fate: FlowFate;
}
