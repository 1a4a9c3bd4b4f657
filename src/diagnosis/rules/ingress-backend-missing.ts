import { firstBackend } from '../../destination/ingress.ts';
import { defineRule } from '../../model/rule.ts';
import { inCommand, kubectl, listed } from '../wording.ts';

/** The first rule leads to a Service that is not there, or to a port that it does not have. */
export default defineRule({
  id: 'ingress-backend-missing',
  code: 'NC9007',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationIngress'],
  uses: ['destinationService'],
  probes: [],
  evaluate: ({
    destination,
    evidence: { destinationIngress: ingress },
    maybe: { destinationService: service },
  }) => {
    const backend = destination?.kind === 'ingress' ? firstBackend(ingress)?.service : undefined;
    if (backend === undefined) return [];
    const { name, namespace = 'default' } = ingress.metadata;
    const draft = (what: string, evidence: readonly string[]) => [
      {
        confidence: 'certain' as const,
        summary: `Ingress ${name} leads to ${what}`,
        evidence,
        explains: [
          'http-server-error/destination',
          'http-client-error/destination',
          'http-no-answer/destination',
        ],
        next: [
          kubectl(namespace, 'describe', 'ingress', inCommand(name, 'INGRESS')),
          kubectl(namespace, 'get', 'services'),
        ],
      },
    ];
    if (service.state === 'absent')
      return draft(`Service ${backend.name}, which does not exist in namespace ${namespace}`, []);
    if (service.state !== 'known' || backend.port === undefined) return [];
    const { number, name: portName } = backend.port;
    const ports = service.value.spec.ports ?? [];
    if (ports.some((port) => port.port === number || (portName !== undefined && port.name === portName)))
      return [];
    return draft(`port ${number ?? portName ?? ''} of Service ${backend.name}, which has none such`, [
      `ports of svc/${backend.name}: ${listed(ports.map(({ port, name: own }) => (own === undefined ? String(port) : `${port} (${own})`)))}`,
    ]);
  },
});
