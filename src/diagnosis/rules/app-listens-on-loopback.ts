import { protocolOf, runningContainers } from '../../destination/ports.ts';
import { defineRule } from '../../model/rule.ts';
import { followsFromRefusal, refusedPorts } from '../destination/ports/refused-ports.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES } from '../destination/service/service-behind.ts';
import { scopeOf, socketsOf } from '../listeners.ts';
import { meshOf } from '../mesh.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

/**
 * Seen in the pod itself. An error where it breaks what was asked, else a warning about ports that its containers declare. The proxy of
 * a mesh connects to the app from within the pod, so there it may be meant.
 */
export default defineRule({
  id: 'app-listens-on-loopback',
  code: 'NC6003',
  layer: 'port',
  role: 'cause',
  severity: 'error',
  needs: ['pod'],
  uses: ['pod', ...BEHIND_EVIDENCE],
  probes: [...BEHIND_PROBES, 'listeners'],
  evaluate: ({ target, destination, evidence: { pod }, maybe, observations }) => {
    const sockets = socketsOf(observations);
    if (sockets === undefined || pod.spec.hostNetwork === true) return [];
    const asked =
      destination === undefined
        ? []
        : refusedPorts(destination, maybe, observations).filter(({ meaning }) => meaning.kind === 'loopback');
    const declared = runningContainers(pod)
      .flatMap(({ ports = [] }) => ports)
      .filter(
        ({ containerPort, protocol }) => scopeOf(sockets, containerPort, protocolOf(protocol)) === 'loopback',
      );
    if (asked.length === 0 && (declared.length === 0 || meshOf(pod) !== undefined)) return [];
    const numbers = [
      ...new Set(
        asked.length > 0 ? asked.map(({ number }) => number) : declared.map((one) => one.containerPort),
      ),
    ];
    const at = unique(sockets.filter(({ port }) => numbers.includes(port)).map(({ address }) => address));
    return [
      {
        severity: asked.length > 0 ? 'error' : 'warning',
        confidence: 'certain',
        summary: `In pod ${target.pod} ${listed(numbers.map(String))} is listened on at ${listed(at)} only, so nothing outside of the pod can connect to it`,
        evidence: sockets
          .filter(({ port }) => numbers.includes(port))
          .map(
            ({ address, port, protocol }) =>
              `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`,
          ),
        explains: asked.length > 0 ? [...asked.flatMap(followsFromRefusal), 'pod-not-ready/destination'] : [],
        next: [
          kubectl(target.namespace, 'logs', inCommand(target.pod, 'POD'), '--all-containers', '--tail=50'),
          kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'yaml'),
        ],
      },
    ];
  },
});
