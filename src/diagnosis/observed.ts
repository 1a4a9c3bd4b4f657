/** What can be said of any observation: whether it was measured, and if not, why. */
import type { Observation } from '../../probes/index.ts';
import type { DidNotRun, Purpose, Unreadable } from '../model/probe.ts';
import { oneLine } from './wording.ts';

type Unmeasured = Unreadable | DidNotRun;

/** An outcome that says something about the network. */
export type Measured<O extends { readonly kind: string }> = Exclude<O, Unmeasured>;

const isUnmeasured = (outcome: { readonly kind: string }): outcome is Unmeasured =>
  outcome.kind === 'unreadable' || outcome.kind === 'did-not-run';

export const measured = <O extends { readonly kind: string }>(outcome: O): Measured<O> | undefined => {
  const isMeasured = (value: O): value is Measured<O> => !isUnmeasured(value);
  return isMeasured(outcome) ? outcome : undefined;
};

export const ofPurpose = <O extends { readonly purpose: Purpose }>(
  observations: readonly O[],
  purpose: Purpose,
): readonly O[] => observations.filter((observation) => observation.purpose === purpose);

export const REASONS: Record<DidNotRun['reason'], string> = {
  'tool-missing': 'the tool is not in the image',
  'tool-not-executable': 'the tool may not be run in the image',
  killed: 'its time limit ended it before it said anything',
  'no-record': 'no answer arrived before the run ended',
  'not-started': 'nothing ran in the pod',
  'unsupported-tool': 'the image has another kind of this tool',
  intercepted: 'a mesh sidecar accepts every connection',
};

/** `dns-lookup/cluster-name: the tool is not in the image`; undefined where it was measured. */
export const whyUnmeasured = (observation: Observation): string | undefined => {
  const { outcome } = observation;
  if (!isUnmeasured(outcome)) return undefined;
  const why =
    outcome.kind === 'did-not-run'
      ? `${REASONS[outcome.reason]}${outcome.detail === undefined ? '' : ` (${oneLine(outcome.detail, 120)})`}`
      : `the output was not understood (${oneLine(outcome.text, 60)})`;
  return `${observation.id}: ${why}`;
};
