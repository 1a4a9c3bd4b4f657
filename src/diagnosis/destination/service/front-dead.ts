/** The Service's own address leads nowhere, while endpoints answer when they are asked by themselves. */
import type { Destination } from '../../../model/destination.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { type Attempt, hostPort, type ReachSeen } from '../../reach.ts';
import { counted, inCommand, kubectl, listed, unique } from '../../wording.ts';
import { isFailureFate, type PortSeen, portsSeen } from '../ports/ports-seen.ts';
import { connectSymptoms } from '../symptoms.ts';
import { nodeOf, otherServices, type ProxyEvidence, type ProxySeen, proxyLines } from './proxy-state.ts';
import { type BehindEvidence, type ServiceBehind, serviceBehind } from './service-behind.ts';

/**
 * Ports at which the Service's address fails and endpoints answer. Where some endpoints fail in the same way, the connection may have
 * been led to one of them.
 */
export const deadFronts = (
  destination: Destination,
  evidence: BehindEvidence,
  seen: ReachSeen,
): readonly PortSeen[] => {
  const behind = serviceBehind(destination, evidence);
  if (destination.kind !== 'service' || behind === undefined || behind.headless) return [];
  return portsSeen(destination, seen, evidence).filter(
    ({ port, frontFate, endpoints }) =>
      port.listed &&
      isFailureFate(frontFate) &&
      endpoints.some(({ fate, endpoint }) => fate === 'accepts' && endpoint.ready) &&
      !endpoints.some(({ fate }) => fate === frontFate),
  );
};

/** internalTrafficPolicy Local, and no ready endpoint on the pod's node; undefined: not so, or it cannot be told. */
export const missingLocally = (
  { service, ready }: ServiceBehind,
  node: string | undefined,
): readonly string[] | undefined => {
  const nodes = (ready ?? []).map((endpoint) => endpoint.node);
  if (service.spec.internalTrafficPolicy !== 'Local' || node === undefined || nodes.length === 0)
    return undefined;
  const known = nodes.flatMap((one) => one ?? []);
  return known.length === nodes.length && !known.includes(node) ? unique(known) : undefined;
};

/** The address itself, before a request that was sent there. */
const frontText = (front: readonly Attempt[]): readonly string[] => {
  const plain = front.filter(({ observation }) => observation.probe !== 'http-get');
  return (plain.length > 0 ? plain : front).slice(0, 1).map(({ text }) => text);
};

/** The pod asks a Service that leads back to itself alone. */
const isOwn = ({ endpoints }: PortSeen, { pod }: Pick<Evidence, 'pod'>): boolean => {
  const own = pod.state === 'known' ? (pod.value.status.podIPs ?? []).map(({ ip }) => ip) : [];
  const open = endpoints.filter(({ fate }) => fate === 'accepts');
  return (
    open.length > 0 &&
    endpoints.length === open.length &&
    open.every(({ endpoint }) => own.includes(endpoint.address))
  );
};

export const proxyDrafts = (
  destination: Destination,
  evidence: ProxyEvidence,
  seen: ProxySeen,
): readonly FindingDraft[] => {
  const behind = serviceBehind(destination, evidence);
  const dead = deadFronts(destination, evidence, seen);
  const [first] = dead;
  const node = nodeOf(evidence);
  if (behind === undefined || first === undefined || missingLocally(behind, node) !== undefined) return [];
  const open = dead.flatMap(({ endpoints }) => endpoints.filter(({ fate }) => fate === 'accepts'));
  const texts = dead.flatMap(({ front }) => frontText(front));
  const hairpin = dead.every((port) => isOwn(port, evidence));
  const pods = evidence.kubeProxyPods;
  const own = pods.state === 'known' ? pods.value.find(({ spec }) => spec.nodeName === node) : undefined;
  const proxy = own === undefined ? undefined : inCommand(own.metadata.name, 'KUBE-PROXY-POD');
  return [
    {
      confidence: 'likely',
      summary: hairpin
        ? `The pod reaches itself directly, and not through ${behind.text} (${listed(texts)}): the node does not lead it back to where it came from (hairpin)`
        : `The address of ${behind.text} leads nowhere (${listed(texts)}), while ${open.length === 1 ? 'its endpoint answers' : `its ${counted(open.length, 'endpoint')} answer`} directly: what makes Service addresses work on ${node ?? 'this node'} is at fault`,
      evidence: [
        ...unique(
          open.map(({ endpoint, number }) => `${hostPort(endpoint.address, number)} accepts connections`),
        ).slice(0, 5),
        ...(hairpin
          ? ['the network plugin sets hairpin mode on the bridge or the veth of the pod']
          : [...proxyLines(evidence), ...otherServices(seen, evidence)]),
      ],
      explains: connectSymptoms(
        dead.flatMap(({ frontFate }) => (isFailureFate(frontFate) ? [frontFate] : [])),
      ),
      next: hairpin
        ? [kubectl('kube-system', 'get', 'daemonsets')]
        : [
            `kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide${node === undefined ? '' : ` --field-selector spec.nodeName=${inCommand(node, 'NODE')}`}`,
            ...(proxy === undefined ? [] : [kubectl('kube-system', 'logs', proxy, '--tail=50')]),
          ],
      // Its DaemonSet makes a new one, which writes all rules anew.
      mend:
        hairpin ||
        proxy === undefined ||
        own?.metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet') !== true
          ? undefined
          : kubectl('kube-system', 'delete', 'pod', proxy),
    },
  ];
};
