/** The labels of a pod that its workload keeps: those that name one revision, one run or one replica are left out. */
import type { Labels } from './flow.ts';

const PASSING: readonly string[] = [
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'helm.sh/chart',
  'app.kubernetes.io/version',
];

/** All of them where the pod has no other: narrow beats lasting. */
export const stableLabels = (labels: Labels): Labels => {
  const stable = Object.entries(labels).filter(([key]) => !PASSING.includes(key));
  return stable.length === 0 ? labels : Object.fromEntries(stable);
};
