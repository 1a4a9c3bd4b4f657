/** The debug container as a part of the workload that makes the pod. Pure. */
import type { Pod } from '../../model/kubernetes.ts';
import type { Change } from '../../model/options.ts';
import { buildContainer } from './container.ts';
import { OURS } from './way.ts';

/** Name of the container in the workload's pods. */
export const SIDECAR = OURS;

/** Waits to be asked by exec. TERM ends it at once, so that its pods end as fast as they did. */
const WAIT = 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done';

export interface Workload {
  /** As in a path: `deployments`. */
  readonly resource: 'deployments' | 'replicasets' | 'statefulsets' | 'daemonsets';
  /** As kubectl writes it: `deployment`. */
  readonly kind: string;
  readonly name: string;
  readonly replicas: number | undefined;
  /** As a label query; undefined where it could not be read. */
  readonly selector: string | undefined;
}

export const sidecarPatch = (
  pod: Pod,
  wanted: Omit<Parameters<typeof buildContainer>[1], 'name' | 'command'>,
): object => ({
  spec: {
    template: {
      spec: {
        containers: [
          {
            ...buildContainer(pod, { ...wanted, name: SIDECAR, command: ['sh', '-c', WAIT] }),
            resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '1', memory: '256Mi' } },
          },
        ],
      },
    },
  },
});

/** What brings the workload back to what it was. */
export const undoCommand = ({ kind, name }: Workload, namespace: string): string =>
  kind === 'replicaset'
    ? `kubectl edit replicaset ${name} -n ${namespace}`
    : `kubectl rollout undo ${kind}/${name} -n ${namespace}`;

/** For a shell, between single quotes. */
const quoted = (text: string): string => text.replaceAll("'", "'\\''");

export const sidecarChange = (workload: Workload, namespace: string, patch: object): Change => {
  const { kind, name, resource, replicas } = workload;
  const pods = replicas === undefined ? 'all its pods' : `its ${replicas === 1 ? 'pod' : `${replicas} pods`}`;
  return {
    title: `PATCH ${resource}/${name}, strategic merge`,
    body: patch,
    byHand: `kubectl patch ${kind} ${name} -n ${namespace} --patch '${quoted(JSON.stringify(patch))}'`,
    consequences: [
      kind === 'replicaset'
        ? `${kind}/${name} changes only the pods that it makes from now on`
        : `${kind}/${name} replaces ${pods}, one after the other as its strategy says: connections of the old ones end, and what they kept in memory is lost`,
      'the new pods are asked, not the one that is in trouble now: what a restart mends is not seen',
      `the container stays in the workload until it is taken out: ${undoCommand(workload, namespace)}`,
    ],
  };
};
