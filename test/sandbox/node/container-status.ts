/** ContainerStatus and the states in it, in the field order of a real kubelet. */
import { randomBytes } from 'node:crypto';
import type { Image } from './images.ts';
import type { Identity } from './security.ts';

// biome-ignore lint/suspicious/noExplicitAny: a container of a KubeObject's spec
export type ContainerSpec = any;

export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState | Record<string, never>;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  readonly started?: boolean;
  readonly resources?: Record<string, never>;
  readonly user?: {
    readonly linux: {
      readonly uid: number;
      readonly gid: number;
      readonly supplementalGroups: readonly number[];
    };
  };
}
export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Terminated };
export interface Terminated {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly containerID: string;
}

export const timestamp = (date = new Date()): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
export const newContainerId = () => `containerd://${randomBytes(32).toString('hex')}`;

export const waiting = (container: ContainerSpec, reason: string, message?: string): ContainerStatus => ({
  name: container.name,
  state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
  lastState: {},
  ready: false,
  restartCount: 0,
  image: container.image,
  imageID: '',
});

/** What every status says once the runtime has made the container. */
export const created = (container: ContainerSpec, image: Image, identity: Identity, id: string) => ({
  name: container.name,
  image: container.image,
  imageID: image.id,
  containerID: id,
  resources: {},
  user: { linux: { uid: identity.uid, gid: identity.gid, supplementalGroups: identity.groups } },
});

export const terminated = (end: {
  readonly exitCode: number;
  readonly reason: string | undefined;
  readonly message: string;
  readonly startedAt: string;
  readonly id: string;
}): { readonly terminated: Terminated } => ({
  terminated: {
    exitCode: end.exitCode,
    reason: end.reason ?? (end.exitCode === 0 ? 'Completed' : 'Error'),
    ...(end.message === '' ? {} : { message: end.message }),
    startedAt: end.startedAt,
    finishedAt: timestamp(),
    containerID: end.id,
  },
});

export const isRunning = (status: ContainerStatus | undefined): boolean =>
  status !== undefined && 'running' in status.state;
export const endOf = (status: ContainerStatus | undefined): Terminated | undefined =>
  status !== undefined && 'terminated' in status.state ? status.state.terminated : undefined;
