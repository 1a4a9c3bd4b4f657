import type { Severity } from '../model/finding.ts';
import type { Layer } from '../model/layer.ts';

/** What `explain` shows of a finding. */
export interface Page {
  /** What it means, in two or three sentences. */
  readonly meaning: string;
  /** Commands that confirm it by hand; words in capitals are to be filled in. */
  readonly confirm: readonly string[];
  readonly mend: string;
  /** What looks the same and is something else. */
  readonly looksAlike: string;
}

/** A code never changes its meaning and is never used again. */
export interface Code {
  readonly code: string;
  /** Noun of the failing state; the rule's file name. */
  readonly id: string;
  readonly layer: Layer;
  readonly role: 'symptom' | 'cause';
  readonly severity: Severity;
  /** One line for the list of codes. */
  readonly title: string;
  /** It says that netcheck could not look into the pod, and nothing of the pod's network. */
  readonly gate?: true;
  /** There once a rule finds it. */
  readonly page?: Page;
}
