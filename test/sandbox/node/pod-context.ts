/** What the parts of one pod's worker share. */
import type { KubeObject, Store } from '../contract.ts';
import type { ContainerLog } from './container-log.ts';
import type { ContainerSpec, ContainerStatus } from './container-status.ts';
import type { EventRecorder } from './events.ts';
import type { Image } from './images.ts';
import type { NodeLink, NodeProcess } from './link.ts';
import type { Runtime } from './runtime.ts';
import type { Sandbox } from './sandboxes.ts';
import type { Identity } from './security.ts';
import type { ImageSettings, PodSettings } from './settings.ts';

export interface KubeletContext {
  readonly store: Store;
  readonly node: NodeLink;
  readonly runtime: Runtime;
  /** One of each family. */
  readonly nodeAddresses: readonly string[];
  readonly events: EventRecorder;
  readonly imageSettings: () => ImageSettings;
  readonly podSettings: (pod: KubeObject) => PodSettings;
}

/** One container of a pod; replaced fields move with its life. */
export interface ContainerSlot {
  readonly spec: ContainerSpec;
  /** `spec.containers{app}` */
  readonly fieldPath: string;
  /** Undefined: the kubelet has not come to it yet. */
  status: ContainerStatus | undefined;
  /** Of the newest start. */
  log: ContainerLog | undefined;
  process: NodeProcess | undefined;
  image: Image | undefined;
  identity: Identity | undefined;
  /** Why it is being killed, where somebody asked for that. */
  killedAs: string | undefined;
  /** Nothing more will happen to it without a cause from outside. */
  settled: boolean;
}

export interface PodContext extends KubeletContext {
  /** The newest version of the pod. */
  readonly pod: () => KubeObject;
  readonly sandbox: () => Sandbox;
  /** Fires when the pod goes. */
  readonly signal: AbortSignal;
  /** Writes the status of all containers to the store. */
  readonly publish: () => void;
}

export const newSlot = (spec: ContainerSpec, field: string): ContainerSlot => ({
  spec,
  fieldPath: `${field}{${spec.name}}`,
  status: undefined,
  log: undefined,
  process: undefined,
  image: undefined,
  identity: undefined,
  killedAs: undefined,
  settled: false,
});
