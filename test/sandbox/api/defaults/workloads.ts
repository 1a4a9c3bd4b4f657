/** Defaults of the workload kinds. Source: pkg/apis/apps/v1/defaults.go, pkg/apis/batch/v1/defaults.go. Each changes its argument. */
import type { Loose } from '../json.ts';
import { defaultPodSpec } from './pod-spec.ts';

const ROLLING = { maxUnavailable: '25%', maxSurge: '25%' };

const template = (spec: Loose): void => {
  spec.template ??= {};
  spec.template.spec ??= {};
  defaultPodSpec(spec.template.spec);
};

export const defaultDeployment = ({ spec }: Loose): void => {
  template(spec);
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ??= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') spec.strategy.rollingUpdate ??= { ...ROLLING };
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
};

export const defaultReplicaSet = ({ spec }: Loose): void => {
  template(spec);
  spec.replicas ??= 1;
};

export const defaultStatefulSet = ({ spec }: Loose): void => {
  template(spec);
  spec.replicas ??= 1;
  spec.podManagementPolicy ??= 'OrderedReady';
  spec.updateStrategy ??= { type: 'RollingUpdate', rollingUpdate: { partition: 0 } };
  spec.revisionHistoryLimit ??= 10;
  spec.persistentVolumeClaimRetentionPolicy ??= { whenDeleted: 'Retain', whenScaled: 'Retain' };
};

export const defaultDaemonSet = ({ spec }: Loose): void => {
  template(spec);
  spec.updateStrategy ??= { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } };
  spec.revisionHistoryLimit ??= 10;
};

export const defaultJob = ({ metadata, spec }: Loose): void => {
  template(spec);
  spec.completions ??= 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= 6;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= 'TerminatingOrFailed';
  // The selector and labels that the API server makes up; the controller finds the pods by them.
  if (spec.selector === undefined && metadata.uid !== undefined) {
    spec.selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid } };
    spec.template.metadata = {
      ...spec.template.metadata,
      labels: {
        ...spec.template.metadata?.labels,
        'batch.kubernetes.io/controller-uid': metadata.uid,
        'batch.kubernetes.io/job-name': metadata.name,
        'controller-uid': metadata.uid,
        'job-name': metadata.name,
      },
    };
  }
};

export const defaultCronJob = ({ spec }: Loose): void => {
  spec.concurrencyPolicy ??= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  spec.jobTemplate ??= {};
  spec.jobTemplate.spec ??= {};
  template(spec.jobTemplate.spec);
};
