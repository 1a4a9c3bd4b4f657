import { firstBackend } from '../../destination/ingress.ts';
import type { Service } from '../../model/kubernetes.ts';
import { defineRule } from '../../model/rule.ts';
import { patchBackend } from '../destination/service/ingress-patch.ts';
import { nearNames } from '../near.ts';
import { inCommand, kubectl, listed, listedShort } from '../wording.ts';

type Ports = NonNullable<Service['spec']['ports']>;

/** The port that was meant, where one stands out: the only one, one spelt almost so, or the one that leads to the number that was named. */
const meantPort = (ports: Ports, wanted: number | string): Ports[number] | undefined => {
  const near =
    typeof wanted === 'number'
      ? ports.filter(({ targetPort }) => targetPort === wanted)
      : ports.filter(({ name = '' }) => nearNames(wanted, [name]).length > 0);
  const [only, ...others] = near.length > 0 ? near : ports;
  return others.length === 0 ? only : undefined;
};

/** The first rule leads to a Service that is not there, or to a port that it does not have. */
export default defineRule({
  id: 'ingress-backend-missing',
  code: 'NC9007',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: ['destinationIngress'],
  uses: ['destinationService', 'services'],
  probes: [],
  evaluate: ({
    destination,
    evidence: { destinationIngress: ingress },
    maybe: { destinationService: service, services },
  }) => {
    const backend = destination?.kind === 'ingress' ? firstBackend(ingress) : undefined;
    if (backend === undefined) return [];
    const wanted = backend.service;
    const { name, namespace = 'default' } = ingress.metadata;
    const draft = (what: string, evidence: readonly string[], mend: string | undefined) => [
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
        ...(mend === undefined ? {} : { mend }),
      },
    ];
    if (service.state === 'absent') {
      const here =
        services.state === 'known'
          ? services.value.filter(({ metadata }) => metadata.namespace === namespace)
          : undefined;
      const names = (here ?? []).map(({ metadata }) => metadata.name);
      const near = nearNames(wanted.name, names);
      const [meant, ...others] = near;
      return draft(
        `Service ${wanted.name}, which does not exist in namespace ${namespace}${near.length === 0 ? '' : `; ${listed(near)} ${near.length === 1 ? 'does' : 'do'}`}`,
        here === undefined
          ? services.state === 'forbidden'
            ? [`not permitted to list the Services of namespace ${namespace}`]
            : []
          : [
              names.length === 0
                ? `namespace ${namespace} has no Service at all`
                : `Services of namespace ${namespace}: ${listedShort(names)}`,
            ],
        meant === undefined || others.length > 0
          ? undefined
          : patchBackend(ingress, backend, { name: meant }),
      );
    }
    if (service.state !== 'known' || wanted.port === undefined) return [];
    const { number, name: portName } = wanted.port;
    const ports = service.value.spec.ports ?? [];
    if (ports.some((port) => port.port === number || (portName !== undefined && port.name === portName)))
      return [];
    const meant = meantPort(ports, number ?? portName ?? '');
    return draft(
      `port ${number ?? portName ?? ''} of Service ${wanted.name}, which has none such`,
      [
        `ports of svc/${wanted.name}: ${listed(ports.map(({ port, name: own }) => (own === undefined ? String(port) : `${port} (${own})`)))}`,
        ...(meant !== undefined && meant.targetPort === number
          ? [`${number} is where its pods listen: an Ingress names the Service's own port, ${meant.port}`]
          : []),
      ],
      meant === undefined ? undefined : patchBackend(ingress, backend, { port: { number: meant.port } }),
    );
  },
});
