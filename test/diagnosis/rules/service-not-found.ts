import { known, NXDOMAIN, type RuleCases } from '../build.ts';
import { destinationNames, toService, webService } from '../to-destination.ts';

const absent = { state: 'absent' } as const;
const forbidden = {
  state: 'forbidden',
  right: { verb: 'get', group: '', resource: 'services', namespace: 'shop' },
} as const;
const gone = {
  observations: destinationNames(NXDOMAIN),
  without: ['destination', 'destination-endpoint'],
} as const;
const nothing = {
  destinationEndpointSlices: known([]),
  destinationPods: { state: 'not-asked' },
} as const;
const named = (name: string) => ({ ...webService(), metadata: { name, namespace: 'shop' } });

export const cases: RuleCases = {
  fires: [
    {
      name: 'there is none',
      facts: toService({
        ...gone,
        evidence: {
          ...nothing,
          destinationService: absent,
          services: known([named('payments')]),
          servicesElsewhere: known([]),
        },
      }),
      summary: /^There is no Service web in namespace shop$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/Services of namespace shop: payments/, /no other namespace/, /^kubectl get services -n shop$/],
    },
    {
      name: 'there is none, and other namespaces may not be looked at',
      facts: toService({
        ...gone,
        evidence: {
          ...nothing,
          destinationService: absent,
          services: known([]),
          servicesElsewhere: forbidden,
        },
      }),
      summary: /^There is no Service web/,
      tells: [/no Service at all, or does not exist/, /not permitted to look for it in other namespaces/],
    },
  ],
  silent: [
    {
      name: 'it may not be read: DNS alone does not tell',
      facts: toService({
        ...gone,
        evidence: {
          ...nothing,
          destinationService: forbidden,
          services: known([named('payments')]),
          servicesElsewhere: known([]),
        },
      }),
    },
    {
      name: 'a host of the world',
      facts: toService({
        destination: {
          requested: 'https://web.shop/',
          kind: 'host',
          host: 'web.shop',
          url: 'https://web.shop/',
        },
        evidence: { ...nothing, destinationService: absent },
      }),
    },
    { name: 'it is there', facts: toService() },
  ],
};
