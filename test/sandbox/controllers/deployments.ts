/** Deployment → ReplicaSets: one for each pod template; a new one comes up before the old ones go. */
import { createHash } from 'node:crypto';
import { copy, deepEqual, type Loose } from '../api/json.ts';
import { timestamp } from '../api/store.ts';
import type { KubeObject, Store } from '../contract.ts';
import { recordEvent } from './events.ts';
import { fromKey, ownedBy, ownerReference, setStatus } from './owners.ts';

const HASH = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const COMPONENT = 'deployment-controller';

const templateHash = (template: Loose): string => {
  const digest = createHash('sha256').update(JSON.stringify(template)).digest();
  return [...digest.subarray(0, 10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
};

const withoutHash = (template: Loose): Loose => {
  const bare = copy(template);
  delete bare.metadata?.labels?.[HASH];
  return bare;
};

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[REVISION] ?? 0);

const createSet = (store: Store, deployment: KubeObject, sets: readonly KubeObject[]): KubeObject => {
  const { template, selector } = deployment.spec;
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [HASH]: hash };
  const revision = String(Math.max(0, ...sets.map(revisionOf)) + 1);
  const set = store.create(
    'replicasets',
    copy({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace,
        labels,
        annotations: { [REVISION]: revision },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: deployment.spec.replicas,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    }),
  );
  const message = `Scaled up replica set ${set.metadata.name} from 0 to ${deployment.spec.replicas}`;
  recordEvent(store, deployment, {
    component: COMPONENT,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message,
  });
  return set;
};

const scaleSet = (store: Store, deployment: KubeObject, set: KubeObject, replicas: number): void => {
  const before = set.spec.replicas;
  if (before === replicas) return;
  store.update('replicasets', set.metadata.namespace, set.metadata.name, (current) => ({
    ...current,
    spec: { ...current.spec, replicas },
  }));
  const word = replicas > before ? 'up' : 'down';
  const message = `Scaled ${word} replica set ${set.metadata.name} from ${before} to ${replicas}`;
  recordEvent(store, deployment, {
    component: COMPONENT,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message,
  });
};

const condition = (
  deployment: KubeObject,
  type: string,
  met: boolean,
  reason: string,
  message: string,
): Loose => {
  const status = met ? 'True' : 'False';
  const before = (deployment.status?.conditions ?? []).find((one: Loose) => one.type === type);
  if (before?.status === status && before.reason === reason && before.message === message) return before;
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : timestamp();
  return { type, status, lastUpdateTime: timestamp(), lastTransitionTime, reason, message };
};

export const reconcileDeployment = (store: Store, key: string): void => {
  const { namespace, name } = fromKey(key);
  const deployment = store.get('deployments', namespace, name);
  if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
  const { replicas, template, strategy } = deployment.spec;
  const sets = ownedBy(store, 'replicasets', deployment);
  const found = sets.find((set) => deepEqual(withoutHash(set.spec.template), withoutHash(template)));
  const old = sets.filter((set) => set !== found);
  const oldPods = old.reduce((sum, set) => sum + (set.status?.replicas ?? 0), 0);
  if (strategy?.type === 'Recreate' && oldPods > 0) {
    for (const set of old) scaleSet(store, deployment, set, 0);
    return;
  }
  const current = found ?? createSet(store, deployment, sets);
  scaleSet(store, deployment, current, replicas);
  const updated = store.get('replicasets', namespace, current.metadata.name)?.status ?? {};
  const ready: number = updated.readyReplicas ?? 0;
  if (ready >= replicas) for (const set of old) scaleSet(store, deployment, set, 0);

  const total = (field: string): number =>
    ownedBy(store, 'replicasets', deployment).reduce((sum, set) => sum + (set.status?.[field] ?? 0), 0);
  const available = total('availableReplicas');
  const enough = available >= replicas;
  const done = enough && (updated.replicas ?? 0) === replicas && total('replicas') === replicas;
  const progress = `ReplicaSet "${current.metadata.name}" ${done ? 'has successfully progressed' : 'is progressing'}.`;
  setStatus(store, 'deployments', deployment, {
    observedGeneration: deployment.metadata.generation,
    replicas: total('replicas'),
    updatedReplicas: updated.replicas ?? 0,
    readyReplicas: total('readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: enough ? undefined : replicas - available,
    conditions: [
      condition(
        deployment,
        'Available',
        enough,
        enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
      ),
      condition(
        deployment,
        'Progressing',
        true,
        done ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        progress,
      ),
    ],
  });
};
