/** Findings: symptoms (what a probe saw) and causes (what explains symptoms). */
import type { Layer } from './layer.ts';

export type Severity = 'error' | 'warning' | 'info';
/**
 * certain: the cause was seen directly and explains the symptoms; likely: it explains them but was not seen itself;
 * possible: it would explain them, and so would other things.
 */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface Finding {
  /** `NC3101` */
  readonly code: string;
  /** `dns-service-without-endpoints` */
  readonly id: string;
  /** What it is about, where one code can fire for several things: `kubernetes-api`, `internet`, `external-name`. */
  readonly about?: string | undefined;
  readonly layer: Layer;
  readonly role: 'symptom' | 'cause';
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One sentence, with the object's name: what is broken. */
  readonly summary: string;
  /** How it was seen, one fact a line. */
  readonly evidence: readonly string[];
  /** Ids of the findings that follow from this one: `connection-refused`, or `connection-refused/internet` for one subject only. */
  readonly explains: readonly string[];
  /** Commands to type next, complete with namespace. */
  readonly next: readonly string[];
  /** A command or YAML that would mend it. */
  readonly mend?: string | undefined;
}
