/** Whether a pod may run on a node, and if not, why, in the scheduler's words. */
import type { Loose } from '../api/json.ts';
import { selects } from '../api/selectors.ts';
import type { KubeObject } from '../contract.ts';

const AFFINITY = "node(s) didn't match Pod's node affinity/selector";

const termMatches = (term: Loose, node: KubeObject): boolean => {
  const fields: readonly Loose[] = term.matchFields ?? [];
  return (
    selects({ matchExpressions: term.matchExpressions ?? [] }, node.metadata.labels) &&
    selects({ matchExpressions: fields }, { 'metadata.name': node.metadata.name })
  );
};

const affinityMatches = (spec: Loose, node: KubeObject): boolean => {
  if (!selects({ matchLabels: spec.nodeSelector ?? {} }, node.metadata.labels)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms: readonly Loose[] | undefined = required?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => termMatches(term, node));
};

const tolerates = (spec: Loose, taint: Loose): boolean =>
  (spec.tolerations ?? []).some(
    (one: Loose) =>
      (!one.effect || one.effect === taint.effect) &&
      (!one.key ? one.operator === 'Exists' : one.key === taint.key) &&
      (one.operator === 'Exists' || (one.value ?? '') === (taint.value ?? '')),
  );

/** Undefined when the pod fits. */
export const nodeProblem = (spec: Loose, node: KubeObject): string | undefined => {
  if (!affinityMatches(spec, node)) return AFFINITY;
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  if (node.spec?.unschedulable && !tolerates(spec, cordon)) return 'node(s) were unschedulable';
  const taints: readonly Loose[] = node.spec?.taints ?? [];
  const bad = taints.find((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(spec, taint));
  return bad === undefined ? undefined : 'node(s) had untolerated taint(s)';
};
