import { known, type RuleCases } from '../build.ts';
import { reference } from '../to-destination.ts';
import {
  hostConnect,
  hostGet,
  otherPort,
  SILENT,
  TIMED_OUT,
  toAddress,
  toOutside,
  WAY_OUT_DEAD,
  world,
} from '../to-outside.ts';

const FILTERED = [hostConnect(TIMED_OUT), hostGet(SILENT)];
const ADDRESS = '203.0.113.10';

export const cases: RuleCases = {
  fires: [
    {
      name: '443 is silent, 80 answers',
      facts: toOutside({ observations: FILTERED }),
      summary:
        /^example.com answers on port 80, and nothing comes back from port 443: a firewall or security group/,
      about: 'destination',
      severity: 'error',
      confidence: 'likely',
      tells: [/^example.com:80 accepts connections$/, /^nc -zv -w 3 example.com 443$/],
    },
    {
      name: '80 refuses: the host is there',
      facts: toOutside({ observations: [...FILTERED, otherPort({ kind: 'refused' })] }),
      summary: /answers on port 80, and nothing comes back from port 443/,
    },
    {
      name: 'of an address',
      facts: toOutside({
        destination: toAddress,
        observations: [
          hostConnect(TIMED_OUT, 443, ADDRESS),
          hostGet(SILENT, `https://${ADDRESS}/`),
          reference(ADDRESS, 80, { kind: 'open' }),
        ],
        without: ['external-name'],
      }),
      summary: /^203.0.113.10 answers on port 80/,
    },
  ],
  silent: [
    { name: 'all is well', facts: toOutside() },
    {
      name: 'no port of it answers',
      facts: toOutside({ observations: [...FILTERED, otherPort(TIMED_OUT)] }),
    },
    {
      name: 'the other port was not measured',
      facts: toOutside({ observations: FILTERED, lost: ['tcp-connect/reference/example.com:80'] }),
    },
    { name: 'it refuses', facts: toOutside({ observations: [hostConnect({ kind: 'refused' })] }) },
    { name: 'the way out is dead', facts: toOutside({ observations: WAY_OUT_DEAD }) },
    { name: 'other hosts are silent, this one is not', facts: toOutside({ observations: world(TIMED_OUT) }) },
    {
      name: 'a policy of the pod denies that port',
      facts: toOutside({
        observations: FILTERED,
        evidence: {
          networkPolicies: known([
            {
              metadata: { name: 'web-only', namespace: 'shop' },
              spec: {
                podSelector: {},
                policyTypes: ['Egress'],
                egress: [
                  {
                    ports: [
                      { protocol: 'TCP', port: 80 },
                      { protocol: 'UDP', port: 53 },
                      { protocol: 'TCP', port: 53 },
                    ],
                  },
                ],
              },
            },
          ]),
        },
      }),
    },
  ],
};
