/** A flow between two ends, as NetworkPolicy judges it: at the pod's own address and port, after DNAT. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';

export type Direction = 'ingress' | 'egress';
export type Labels = Readonly<Record<string, string>>;

export interface ContainerPort {
  readonly name?: string | undefined;
  readonly containerPort: number;
  /** TCP where left out. */
  readonly protocol?: string | undefined;
}

export interface PodEnd {
  readonly kind: 'pod';
  readonly namespace: string;
  readonly name?: string | undefined;
  /** undefined: could not be read. */
  readonly labels: Labels | undefined;
  /** undefined: could not be read. `kubernetes.io/metadata.name` needs no reading: it is the namespace's name. */
  readonly namespaceLabels: Labels | undefined;
  /** One for each family; for hostNetwork those of the node. Empty: not known. */
  readonly ips: readonly string[];
  /** The one of them that this flow uses; undefined: any of them. */
  readonly address?: string | undefined;
  readonly hostNetwork: boolean;
  readonly nodeName?: string | undefined;
  /** Addresses of the node it runs on, as far as they are known. */
  readonly hostIPs?: readonly string[] | undefined;
  /** What named ports stand for; undefined: could not be read. */
  readonly containerPorts: readonly ContainerPort[] | undefined;
}

/** Known to be no pod of this cluster. */
export interface OutsideEnd {
  readonly kind: 'outside';
  /** As the other end sees it. */
  readonly ip: string;
}

/** An address of which nobody could tell whether it is a pod's, and which. */
export interface UnidentifiedEnd {
  readonly kind: 'unidentified';
  readonly ip: string;
  readonly why: string;
}

export type End = PodEnd | OutsideEnd | UnidentifiedEnd;

/** The policies that could select one end: all of its namespace. Those of other namespaces may be among them, and are not looked at. */
export type Policies =
  | { readonly state: 'known'; readonly policies: readonly NetworkPolicy[] }
  | { readonly state: 'unknown'; readonly why: string };

export interface Flow {
  readonly source: End;
  readonly destination: End;
  /** The port that the destination listens on, not the Service's. */
  readonly port: number;
  /** `TCP`, `UDP` or `SCTP`; of any other NetworkPolicy says nothing. */
  readonly protocol: string;
  /** `egress`: of the source's namespace, `ingress`: of the destination's. */
  readonly policies: { readonly egress: Policies; readonly ingress: Policies };
}

/** Whose policies decide, and who it talks with. */
export const subjectOf = (flow: Flow, direction: Direction): End =>
  direction === 'egress' ? flow.source : flow.destination;
export const peerOf = (flow: Flow, direction: Direction): End =>
  direction === 'egress' ? flow.destination : flow.source;

/** The protocols that NetworkPolicy defines. */
export const POLICED: readonly string[] = ['TCP', 'UDP', 'SCTP'];
export const DEFAULT_PROTOCOL = 'TCP';
