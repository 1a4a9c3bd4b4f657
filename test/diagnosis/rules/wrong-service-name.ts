import type { Service } from '../../../src/model/kubernetes.ts';
import { known, lookup, NXDOMAIN, type RuleCases } from '../build.ts';
import { destinationNames, toService, webService } from '../to-destination.ts';

const at = (name: string, namespace: string): Service => ({ ...webService(), metadata: { name, namespace } });
const gone = {
  observations: destinationNames(NXDOMAIN),
  without: ['destination', 'destination-endpoint'],
} as const;
const absent = {
  destinationService: { state: 'absent' },
  destinationEndpointSlices: known([]),
  destinationPods: { state: 'not-asked' },
} as const;
const url = 'http://web.shpo/';
const host = { requested: url, kind: 'host', host: 'web.shpo', url } as const;
const typo = {
  destination: host,
  without: ['destination', 'destination-endpoint', 'destination-name'],
} as const;
/** toService leaves names outside out: told by the purpose of the Service's name, as `settle` leaves it where it is none. */
const unknownHost = ['web.shpo', 'web.shpo.'].map((name) => lookup(name, NXDOMAIN));

export const cases: RuleCases = {
  fires: [
    {
      name: 'it is in another namespace',
      facts: toService({
        ...gone,
        evidence: { ...absent, services: known([]), servicesElsewhere: known([at('web', 'store')]) },
      }),
      summary: /^Service web is in namespace store, not in shop$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/it is called web.store/, /^kubectl netcheck client -n shop --to svc\/web.store$/],
    },
    {
      name: 'one letter away',
      facts: toService({
        ...gone,
        evidence: { ...absent, services: known([at('wbe', 'shop'), at('payments', 'shop')]) },
      }),
      summary: /^web is not a Service of namespace shop; wbe is$/,
      tells: [/--to svc\/wbe.shop$/],
    },
    {
      name: 'a host whose second label is nearly a namespace',
      facts: {
        ...toService({ ...typo, evidence: { ...absent, servicesElsewhere: known([at('web', 'shop')]) } }),
        observations: [...toService(typo).observations, ...unknownHost],
      },
      summary: /^Service web is in namespace shop, not in shpo$/,
      tells: [/it is called web$/],
    },
  ],
  silent: [
    {
      name: 'none that is like it',
      facts: toService({
        ...gone,
        evidence: { ...absent, services: known([]), servicesElsewhere: known([at('payments', 'store')]) },
      }),
    },
    {
      name: 'other namespaces may not be looked at',
      facts: toService({
        ...gone,
        evidence: {
          ...absent,
          services: known([]),
          servicesElsewhere: { state: 'forbidden', right: { verb: 'list', group: '', resource: 'services' } },
        },
      }),
    },
    {
      name: 'it is there',
      facts: toService({ evidence: { services: known([at('wbe', 'shop')]) } }),
    },
    {
      name: 'a host that resolves',
      facts: toService({ ...typo, evidence: { ...absent, servicesElsewhere: known([at('web', 'shop')]) } }),
    },
  ],
};
