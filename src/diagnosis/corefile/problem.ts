/** What is wrong in a Corefile, or worth knowing of it, as data. */

export type ProblemKind =
  | 'syntax-error'
  | 'unknown-plugin'
  | 'unknown-property'
  | 'bad-argument'
  | 'bad-zone'
  | 'repeated-plugin'
  | 'repeated-zone'
  /** Some releases of CoreDNS take it, others do not. */
  | 'depends-on-version'
  | 'loop'
  | 'missing-kubernetes-zone'
  | 'port-not-served'
  | 'undefined-snippet'
  | 'unseen-import'
  | 'node-resolver'
  | 'not-read';

/** What it does to CoreDNS. */
export type Effect =
  /** It does not start, or goes on with the Corefile it had. */
  | 'refuses-to-start'
  /** It starts, finds the loop, and ends. */
  | 'halts'
  /** It runs, and answers some names wrongly or not at all. */
  | 'fails-names'
  /** Nothing. */
  | 'none';

export interface CorefileProblem {
  readonly kind: ProblemKind;
  /** Of the Corefile, from 1. */
  readonly line: number;
  /** A sentence without its full stop. */
  readonly text: string;
  readonly effect: Effect;
  /** false: it may be well all the same, with another release or build, or with what is not seen here. */
  readonly certain: boolean;
  readonly plugin?: string;
  /** What may have been meant. */
  readonly nearest?: string;
}

/** What is known beside the Corefile; each of them may be left out. */
export interface Surroundings {
  /** Of CoreDNS: `1.11.1`, as `readRelease` has it of the image's tag. */
  readonly release?: string;
  /** At which the pods of cluster DNS are asked: the Service's targetPort. */
  readonly port?: number;
  /** `cluster.local` */
  readonly clusterDomain?: string;
  /** Of the Service that leads to these very pods; asked there at port 53. */
  readonly serviceAddresses?: readonly string[];
  /** Of these very pods. */
  readonly podAddresses?: readonly string[];
  /** The nameservers in /etc/resolv.conf of these pods. */
  readonly resolvers?: readonly string[];
  /** The pods are in their nodes' network, where others may listen at loopback addresses. */
  readonly hostNetwork?: boolean;
}
