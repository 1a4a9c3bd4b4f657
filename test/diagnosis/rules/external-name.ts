import { answer, known, NXDOMAIN, type RuleCases } from '../build.ts';
import {
  ABSOLUTE_NAME,
  destinationName,
  destinationNames,
  toService,
  toWeb,
  webService,
} from '../to-destination.ts';

const alias = {
  destination: { ...toWeb, port: 443 },
  without: ['destination', 'destination-endpoint'],
} as const;
const evidence = {
  destinationService: known(
    webService({
      type: 'ExternalName',
      externalName: 'db.example.com',
      clusterIP: '',
      clusterIPs: [],
      selector: {},
    }),
  ),
  destinationEndpointSlices: known([]),
  destinationPods: { state: 'not-asked' },
} as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'it resolves',
      facts: toService({
        ...alias,
        evidence,
        observations: destinationNames(answer(ABSOLUTE_NAME, '203.0.113.10')),
      }),
      summary: /^svc\/web.shop is another name for db.example.com \(203.0.113.10\)$/,
      severity: 'info',
      confidence: 'certain',
      tells: [/virtual hosts and certificates/],
    },
    {
      name: 'what it stands for is not there',
      facts: toService({ ...alias, evidence, observations: destinationNames(NXDOMAIN) }),
      summary: /^svc\/web.shop is another name for db.example.com, which does not resolve$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^nslookup db.example.com$/],
    },
  ],
  silent: [
    {
      name: 'a Service with an address, whose name is not found',
      facts: toService({
        ...alias,
        evidence: { ...evidence, destinationService: known(webService()) },
        observations: destinationNames(NXDOMAIN),
      }),
    },
    {
      name: 'another destination',
      facts: toService({ observations: [destinationName('web', NXDOMAIN)] }),
    },
  ],
};
