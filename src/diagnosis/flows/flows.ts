/** The flows that what was asked stands for, each judged by the NetworkPolicies of both its ends. */
import type { Destination } from '../../model/destination.ts';
import type { Evidence } from '../../model/evidence.ts';
import { clusterIPs } from '../endpoints.ts';
import { haveServiceIP, podServers } from '../nameservers.ts';
import { measured, ofPurpose } from '../observed.ts';
import { podEnd, policiesOf } from '../policy/ends.ts';
import { evaluateDirection, evaluateFlow } from '../policy/evaluate.ts';
import type { End, Policies } from '../policy/flow.ts';
import type { FlowVerdict } from '../policy/verdict.ts';
import { attemptsTo, hostAsked } from '../reach.ts';
import type { WaySeen } from '../way-seen.ts';
import { apiEnds, destinationEnds, dnsEnds, type FarEnd, labelsOf } from './ends.ts';
import { dnsFate, fateOf } from './fate.ts';
import type { FlowAbout, FlowFate, JudgedFlow } from './judged.ts';

/** What whoever looks at flows declares. */
export const FLOW_EVIDENCE = [
  'pod',
  'namespace',
  'networkPolicies',
  'dnsService',
  'dnsEndpointSlices',
  'dnsPods',
  'dnsNamespace',
  'apiService',
  'apiEndpointSlices',
  'destinationService',
  'destinationEndpointSlices',
  'destinationPods',
  'destinationNamespace',
  'destinationPolicies',
] as const;
export type FlowEvidence = Pick<Evidence, (typeof FLOW_EVIDENCE)[number]>;

const NOT_LOOKED: Policies = { state: 'unknown', why: 'its policies were not asked for' };

/** Ingress of what is not the destination is nobody's question here: cluster DNS and the API servers let everybody in, or nobody. */
const EGRESS_ONLY = { state: 'allowed', because: { kind: 'outside' } } as const;

const judge = (
  source: End,
  far: FarEnd,
  egress: Policies,
  ingress: Policies | undefined,
): Pick<JudgedFlow, 'flow' | 'verdict'> => {
  const flow = {
    source,
    destination: far.end,
    port: far.port,
    protocol: far.protocol,
    policies: { egress, ingress: ingress ?? NOT_LOOKED },
  };
  if (ingress !== undefined) return { flow, verdict: evaluateFlow(flow) };
  const alone = evaluateDirection(flow, 'egress');
  const verdict: FlowVerdict = { state: alone.state, egress: alone, ingress: EGRESS_ONLY };
  return { flow, verdict };
};

const resolvedAddresses = (seen: WaySeen): readonly string[] => [
  ...new Set(
    ofPurpose(seen['dns-lookup'], 'external-name').flatMap(({ outcome }) => {
      const answer = measured(outcome);
      return answer?.kind === 'answered' ? answer.addresses.map(({ address }) => address) : [];
    }),
  ),
];

const internetEnds = (seen: WaySeen): readonly FarEnd[] =>
  attemptsTo(seen, 'internet').flatMap(({ observation }) =>
    observation.probe === 'tcp-connect' && /^[\d.]+$|:/.test(observation.question.host)
      ? [
          {
            end: { kind: 'outside' as const, ip: hostAsked(observation) },
            address: hostAsked(observation),
            port: observation.question.port,
            protocol: 'TCP',
            text: `${hostAsked(observation)} on ${observation.question.port}/TCP`,
          },
        ]
      : [],
  );

/** At the destination's own address where it was asked there, else at the front that leads to it, which may have led elsewhere. */
const destinationFate = (seen: WaySeen, { address, port, protocol }: FarEnd): FlowFate => {
  const at = `${port}/${protocol}`;
  const direct = fateOf(seen, 'destination-endpoint', address, at);
  if (direct !== 'not-measured') return direct;
  const front = fateOf(seen, 'destination', address, at);
  return front === 'not-measured' && attemptsTo(seen, 'destination-endpoint').length === 0
    ? fateOf(seen, 'destination')
    : front;
};

/** A name with several addresses led to one of them, and which is not told. */
const outsideFate = (seen: WaySeen, addresses: number): FlowFate =>
  addresses > 1 ? 'not-measured' : fateOf(seen, 'destination');

export const flowsOf = (
  seen: WaySeen,
  evidence: FlowEvidence,
  destination: Destination | undefined,
): readonly JudgedFlow[] => {
  const { pod, namespace, networkPolicies, destinationPolicies, dnsService } = evidence;
  if (pod.state !== 'known') return [];
  const source = podEnd(pod.value, labelsOf(namespace));
  const egress = policiesOf(networkPolicies);
  const of = (about: FlowAbout, far: FarEnd, fate: FlowFate, ingress?: Policies): JudgedFlow => ({
    about,
    to: far.text,
    ...judge(source, far, egress, ingress),
    fate,
  });
  const ips = dnsService.state === 'known' ? clusterIPs(dnsService.value) : [];
  // A cache on the node asks the pods of cluster DNS in its own name: policies of this pod are not in its way.
  const servers = podServers(seen, evidence);
  const asksService = servers === undefined || ips.length === 0 || haveServiceIP(servers, ips);
  const dns = (asksService ? dnsEnds(evidence) : []).map((far) =>
    of('nameserver', far, dnsFate(seen, evidence, far.protocol, ips)),
  );
  if (destination !== undefined) {
    const resolved = resolvedAddresses(seen);
    const inside =
      destination.kind === 'service' || destination.kind === 'pod' || destination.kind === 'ingress';
    const ingress = inside ? policiesOf(destinationPolicies) : undefined;
    return [
      ...(destination.host === undefined ? [] : dns),
      ...destinationEnds(destination, evidence, resolved).map((far) =>
        of(
          'destination',
          far,
          inside || destination.address !== undefined
            ? destinationFate(seen, far)
            : outsideFate(seen, resolved.length),
          ingress,
        ),
      ),
    ];
  }
  const api = fateOf(seen, 'kubernetes-api');
  return [
    ...dns,
    ...apiEnds(evidence).map((far) => of('kubernetes-api', far, api)),
    ...internetEnds(seen).map((far) => of('internet', far, fateOf(seen, 'internet', far.address))),
  ];
};
