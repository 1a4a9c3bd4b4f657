import { destinationPorts } from '../../destination/ports.ts';
import { defineRule } from '../../model/rule.ts';
import { BEHIND_EVIDENCE, BEHIND_PROBES, serviceBehind } from '../destination/service/service-behind.ts';
import { NOTHING_BEHIND } from '../destination/symptoms.ts';
import { attemptsTo } from '../reach.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

/** A headless Service lists ports for show: its name leads to the pods, whatever they listen on. */
export default defineRule({
  id: 'port-not-in-service',
  code: 'NC4005',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationService'],
  uses: BEHIND_EVIDENCE,
  probes: BEHIND_PROBES,
  evaluate: ({ target, destination, maybe, observations }) => {
    const behind = serviceBehind(destination, maybe);
    if (destination?.kind !== 'service' || behind === undefined) return [];
    const { service, text, name, namespace, headless } = behind;
    const asked = destinationPorts(destination, maybe);
    const unknownName =
      asked.length === 0 && typeof destination.port === 'string' ? destination.port : undefined;
    const strange = unknownName ?? asked.find((port) => !port.listed)?.number;
    const reached = attemptsTo(observations, 'destination').some(({ connect }) => connect === 'connected');
    if (strange === undefined || reached || (headless && unknownName === undefined)) return [];
    const ports = service.spec.ports ?? [];
    const leadsTo = ports.find(({ targetPort }) => targetPort === strange);
    const [only, ...others] = leadsTo === undefined ? ports : [leadsTo];
    const words = ports.map(
      ({ port, name: own, protocol = 'TCP' }) =>
        `${port}${protocol === 'TCP' ? '' : `/${protocol}`}${own === undefined ? '' : ` (${own})`}`,
    );
    return [
      {
        confidence: 'certain',
        summary: `${text} has no port ${typeof strange === 'string' ? `named ${strange}` : strange}; it has ${ports.length === 0 ? 'none' : listed(words)}`,
        evidence:
          leadsTo === undefined
            ? ['a Service passes on nothing but its own ports']
            : [
                `${strange} is where its pods listen: apps connect to ${leadsTo.port}, and the Service leads that to ${strange}`,
              ],
        explains: NOTHING_BEHIND,
        next: [
          ...(only === undefined || others.length > 0
            ? []
            : [
                `kubectl netcheck ${inCommand(target.pod, 'POD')} -n ${inCommand(target.namespace, 'NAMESPACE')} --to svc/${inCommand(name, 'SERVICE')}.${inCommand(namespace, 'NAMESPACE')}:${only.port}`,
              ]),
          kubectl(namespace, 'describe', 'service', inCommand(name, 'SERVICE')),
        ],
      },
    ];
  },
});
