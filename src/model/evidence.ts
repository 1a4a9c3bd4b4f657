/** What the API server told. Each item says whether it is known, and if not, why: "may not look" is never "absent". */
import type * as z from 'zod/mini';
import type { evidenceSchema } from './evidence-schema.ts';
import type { MissingRight } from './missing-right.ts';

export type { MissingRight } from './missing-right.ts';

export type Known<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'forbidden'; readonly right: MissingRight }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'not-asked' };

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceKey = keyof Evidence;
/** Asked only where something failed that it may explain. */
export type MoreKey = Extract<
  EvidenceKey,
  | 'destinationEvents'
  | 'destinationNeighbours'
  | 'destinationWorkloads'
  | 'services'
  | 'servicesElsewhere'
  | 'destinationNodes'
  | 'corefile'
  | 'kubeProxyPods'
  | 'networkDaemonSets'
  | 'apiGroups'
>;
/** The value that an item of evidence holds when it is known. */
export type EvidenceValue<K extends EvidenceKey> = Extract<Evidence[K], { state: 'known' }>['value'];

const NOT_ASKED = { state: 'not-asked' } as const;
/** Before anything was asked. */
export const NO_EVIDENCE: Evidence = {
  pod: NOT_ASKED,
  podNames: NOT_ASKED,
  podEvents: NOT_ASKED,
  node: NOT_ASKED,
  dnsService: NOT_ASKED,
  dnsEndpointSlices: NOT_ASKED,
  dnsPods: NOT_ASKED,
  apiService: NOT_ASKED,
  apiEndpointSlices: NOT_ASKED,
  networkPolicies: NOT_ASKED,
  namespace: NOT_ASKED,
  dnsNamespace: NOT_ASKED,
  destinationService: NOT_ASKED,
  destinationEndpointSlices: NOT_ASKED,
  destinationPods: NOT_ASKED,
  destinationIngress: NOT_ASKED,
  destinationNamespace: NOT_ASKED,
  destinationPolicies: NOT_ASKED,
  destinationEvents: NOT_ASKED,
  destinationNeighbours: NOT_ASKED,
  destinationWorkloads: NOT_ASKED,
  services: NOT_ASKED,
  servicesElsewhere: NOT_ASKED,
  destinationNodes: NOT_ASKED,
  corefile: NOT_ASKED,
  kubeProxyPods: NOT_ASKED,
  networkDaemonSets: NOT_ASKED,
  apiGroups: NOT_ASKED,
};

const isKey = (key: string): key is EvidenceKey => Object.hasOwn(NO_EVIDENCE, key);
export const EVIDENCE_KEYS: readonly EvidenceKey[] = Object.keys(NO_EVIDENCE).filter(isKey);
