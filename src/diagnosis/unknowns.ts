/** Why something could not be told: one reason a line. */
import type { Entry } from '../model/entry.ts';
import { EVIDENCE_KEYS, type Evidence, type EvidenceKey } from '../model/evidence.ts';
import type { Check } from '../model/report.ts';
import type { Reading } from './read.ts';
import { rightText } from './rights.ts';
import { counted, listedShort, oneLine } from './wording.ts';

type RunEnd = Extract<Entry, { state: 'ran' }>['end'];

const ENDS: Record<Exclude<RunEnd, 'complete'>, string> = {
  deadline: "the runner's time limit ended it before every answer was in",
  'container-ended': 'the debug container ended before every answer was in',
  timeout: '--timeout came before every answer was in',
  'connection-lost': 'the connection to the log was lost before every answer was in',
  interrupted: 'it was stopped before every answer was in',
};

const NOT_ATTEMPTED: Record<Extract<Entry, { state: 'not-attempted' }>['why'], string> = {
  'pod-unusable': 'nothing was measured in the pod: it cannot be entered',
  'access-denied': 'nothing was measured in the pod: a right is missing',
  'dry-run': 'nothing was measured: this was a dry run',
  'api-unavailable': 'nothing was measured in the pod: the API server did not answer',
  interrupted: 'nothing was measured in the pod: it was stopped before',
  'no-way': 'nothing was measured in the pod: this way to it cannot be gone',
  'needs-consent': 'nothing was measured: the change waits for your word',
};

/** By a word of the cluster: a map, because any word may come. */
const NOT_STARTED: ReadonlyMap<string, string> = new Map([
  ['Timeout', 'the debug container had not started when --timeout came'],
  ['Interrupted', 'it was stopped before the debug container had started'],
]);

const detailed = (text: string, detail: string | undefined): string =>
  detail === undefined || detail === '' ? text : `${text} (${oneLine(detail, 300)})`;

/** Why probes brought nothing. `named`: a finding tells what the server or the kubelet said. */
export const entryUnknowns = (entry: Entry, { observations }: Reading, named: boolean): readonly string[] => {
  const why = (text: string, detail: string | undefined) => (named ? text : detailed(text, detail));
  switch (entry.state) {
    case 'not-attempted':
      return [why(NOT_ATTEMPTED[entry.why], entry.detail)];
    case 'refused':
      return [
        why(
          `nothing was measured in the pod: the API server refused the debug container with ${entry.httpStatus}`,
          entry.message,
        ),
      ];
    case 'not-started':
      return [
        why(
          NOT_STARTED.get(entry.reason) ??
            `nothing was measured in the pod: the debug container did not start, ${entry.reason}`,
          entry.message,
        ),
      ];
    case 'ran': {
      const missing = observations.filter(
        ({ outcome }) =>
          outcome.kind === 'did-not-run' &&
          (outcome.reason === 'no-record' || (entry.end === 'deadline' && outcome.reason === 'killed')),
      );
      if (entry.end === 'complete' || missing.length === 0) return [];
      const ids = missing.map(({ id }) => id);
      return [
        why(ENDS[entry.end], entry.detail),
        `no answer from ${counted(ids.length, 'probe')}: ${listedShort(ids)}`,
      ];
    }
  }
};

const WORDS: Record<EvidenceKey, string> = {
  pod: 'the pod',
  podNames: 'the pods of the namespace',
  podEvents: 'the events of the pod',
  node: 'the node of the pod',
  dnsService: 'the DNS Service',
  dnsEndpointSlices: 'the endpoints of the DNS Service',
  dnsPods: 'the pods of cluster DNS',
  apiService: 'svc/kubernetes',
  apiEndpointSlices: 'the endpoints of svc/kubernetes',
  networkPolicies: 'the NetworkPolicies of the namespace',
  namespace: 'the labels of the namespace',
  dnsNamespace: 'the labels of the namespace of cluster DNS',
  destinationService: 'the Service',
  destinationEndpointSlices: 'the endpoints of the Service',
  destinationPods: 'the pods of the destination',
  destinationIngress: 'the Ingress',
  destinationNamespace: "the labels of the destination's namespace",
  destinationPolicies: "the NetworkPolicies of the destination's namespace",
  destinationEvents: "the events of the destination's namespace",
  destinationNeighbours: "the other pods of the destination's namespace",
  destinationWorkloads: "the workloads of the destination's namespace",
  services: 'other Services of the namespace',
  servicesElsewhere: 'Services of that name in other namespaces',
  destinationNodes: "the nodes of the destination's pods",
  corefile: 'the configuration of CoreDNS',
  kubeProxyPods: 'the pods of kube-proxy',
  networkDaemonSets: 'the network plugins',
  apiGroups: 'the API groups',
};

/** Why an item of evidence is not known, although it was asked for; undefined where it is, or there is nothing of the kind. */
export const whyNotKnown = (item: Evidence[EvidenceKey]): string | undefined => {
  if (item.state === 'forbidden') return `not permitted to ${rightText(item.right)}`;
  return item.state === 'failed' ? `not read (${oneLine(item.reason, 200)})` : undefined;
};

/** Evidence that was asked for and could not be read: some rule would have looked at it. */
export const evidenceUnknowns = (
  evidence: Evidence,
  beside: readonly EvidenceKey[] = [],
): readonly string[] =>
  EVIDENCE_KEYS.flatMap((key) => {
    const why = beside.includes(key) ? undefined : whyNotKnown(evidence[key]);
    return why === undefined ? [] : [`${WORDS[key]}: ${why}`];
  });

const OF_DNS = ['dnsService', 'dnsEndpointSlices', 'dnsPods', 'dnsNamespace', 'corefile'] as const;

/** Of one destination nothing depends on the API's own Service; and nothing on cluster DNS, unless its name is what fails. */
export const besideDestination = (checks: readonly Check[]): readonly EvidenceKey[] => [
  'apiService',
  'apiEndpointSlices',
  ...(checks.some(({ layer, state }) => layer === 'name' && (state === 'failed' || state === 'unknown'))
    ? []
    : OF_DNS),
];

export const checkUnknowns = (checks: readonly Check[]): readonly string[] =>
  checks.filter(({ state }) => state === 'unknown').map(({ id, detail }) => `${id}: ${detail}`);

/** A narrowed run in which no check of the network remains proves nothing. */
export const narrowedUnknowns = (
  narrowed: boolean | undefined,
  checks: readonly Check[],
): readonly string[] =>
  narrowed === true &&
  checks.every(
    // What the API server tells proves nothing about the network.
    ({ id, layer, state }) =>
      layer === 'target' || id === 'destination-service' || state === 'not-applicable',
  )
    ? ['--only and --skip left out everything that health is judged by']
    : [];
