/** A pod as the API server stores it: the spec's defaults and what admission adds (service account, tolerations, priority). */
import type { Loose } from '../json.ts';
import { randomSuffix } from '../names.ts';
import { defaultPodSpec } from './pod-spec.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Taints that every pod tolerates for five minutes. */
const TOLERATED = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

const tokenVolume = (name: string): Loose => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
    defaultMode: 420,
  },
});

/** The ServiceAccount admission: every container sees the account's token. */
const mountToken = (spec: Loose): void => {
  if (spec.automountServiceAccountToken === false) return;
  const containers: Loose[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const needing = containers.filter(
    (one) => !(one.volumeMounts ?? []).some((mount: Loose) => mount.mountPath === TOKEN_PATH),
  );
  if (needing.length === 0) return;
  const name = `kube-api-access-${randomSuffix()}`;
  spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
  for (const one of needing) {
    one.volumeMounts = [...(one.volumeMounts ?? []), { name, readOnly: true, mountPath: TOKEN_PATH }];
  }
};

const quantities = (spec: Loose, kind: 'limits' | 'requests'): readonly Loose[] =>
  [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map(
    (one: Loose) => one.resources?.[kind] ?? {},
  );

/** Source: pkg/apis/core/v1/helper/qos. */
const qosClassOf = (spec: Loose): string => {
  const limits = quantities(spec, 'limits');
  const requests = quantities(spec, 'requests');
  const named = (all: readonly Loose[]) =>
    all.some((one) => one.cpu !== undefined || one.memory !== undefined);
  if (!named(limits) && !named(requests)) return 'BestEffort';
  const guaranteed = limits.every((limit, index) =>
    ['cpu', 'memory'].every((key) => limit[key] !== undefined && limit[key] === requests[index]?.[key]),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
};

/** Changes its argument, a pod that is about to be created. */
export const defaultPod = (pod: Loose): void => {
  const { spec } = pod;
  defaultPodSpec(spec);
  spec.serviceAccountName ||= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  mountToken(spec);
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  spec.enableServiceLinks ??= true;
  const tolerations: Loose[] = spec.tolerations ?? [];
  for (const key of TOLERATED) {
    if (tolerations.some((one) => one.key === key || (one.key === undefined && one.operator === 'Exists'))) {
      continue;
    }
    tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
  }
  spec.tolerations = tolerations;
  // What a client says about status is not believed.
  pod.status = { phase: 'Pending', qosClass: qosClassOf(spec) };
};
