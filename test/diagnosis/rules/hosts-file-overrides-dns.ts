import { answer, known, NXDOMAIN, pod, type RuleCases } from '../build.ts';
import {
  CLUSTER_IP,
  destinationNames,
  frontConnect,
  frontGet,
  SILENT_GET,
  toService,
  toWeb,
} from '../to-destination.ts';
import { hostConnect, hostGet, hostNames, SILENT, TIMED_OUT, toOutside } from '../to-outside.ts';

const aliased = (name: string, ip = '10.0.0.5') => ({
  pod: known(pod({ spec: { hostAliases: [{ ip, hostnames: ['other', name] }] } })),
});
const DEAD = [hostConnect(TIMED_OUT), hostGet(SILENT)];
/** Asked by its name, beside the Service's address. */
const byName = (kind: 'open' | 'timed-out') => frontConnect({ kind }, { host: 'web' });

export const cases: RuleCases = {
  fires: [
    {
      name: 'DNS does not know it, and the address is dead',
      facts: toOutside({
        evidence: aliased('example.com'),
        observations: [...hostNames(NXDOMAIN), ...DEAD],
      }),
      summary:
        /^The pod's own hosts file leads example.com to 10.0.0.5 \(spec.hostAliases\): apps go by the hosts file, and get no connection there$/,
      severity: 'error',
      confidence: 'likely',
      tells: [/^DNS does not know the name$/, /^example.com:443 timed out$/, /^getent hosts example.com$/],
    },
    {
      name: 'DNS leads elsewhere, and the address is dead',
      facts: toOutside({ evidence: aliased('example.com'), observations: DEAD }),
      summary:
        /to 10.0.0.5 \(spec.hostAliases\), and DNS to 203.0.113.10: apps go by the hosts file, and get/,
      severity: 'error',
      confidence: 'likely',
    },
    {
      name: 'a Service whose own address works',
      facts: toService({
        evidence: aliased('web'),
        observations: [byName('timed-out'), frontGet(SILENT_GET)],
      }),
      summary: /leads web to 10.0.0.5 .*, and DNS to 10.96.7.7: .*get no connection there$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/^10.96.7.7:80 accepts connections$/],
    },
    {
      name: 'it works, and DNS would lead elsewhere',
      facts: toOutside({ evidence: aliased('example.com') }),
      summary: /apps go by the hosts file$/,
      severity: 'info',
    },
    {
      name: 'the pod is called as the Service is',
      facts: toService({
        evidence: { pod: known(pod({ metadata: { name: 'web' } })) },
        observations: [byName('open')],
      }),
      summary: /leads web to 10.244.0.43 \(it is the pod's own name\), and DNS to 10.96.7.7/,
      severity: 'info',
    },
  ],
  silent: [
    { name: 'the hosts file has other names', facts: toOutside({ evidence: aliased('example.org') }) },
    {
      name: 'it leads where DNS does',
      facts: toOutside({ evidence: aliased('example.com', '203.0.113.10') }),
    },
    {
      name: 'it works, and DNS does not know it: as it is meant to be',
      facts: toOutside({ evidence: aliased('example.com'), observations: hostNames(NXDOMAIN) }),
    },
    {
      name: 'the address is dead, and no entry leads there',
      facts: toOutside({ observations: DEAD }),
    },
    {
      name: "the Service's own address is dead, too: it is not the entry's fault",
      facts: toService({
        evidence: aliased('web', CLUSTER_IP),
        observations: [
          byName('timed-out'),
          frontConnect({ kind: 'timed-out' }),
          frontGet(SILENT_GET),
          ...destinationNames(answer('web.shop.svc.cluster.local.', CLUSTER_IP)),
        ],
      }),
    },
    {
      name: 'an address was named',
      facts: toService({
        evidence: aliased('web'),
        destination: { ...toWeb, host: undefined, address: CLUSTER_IP },
      }),
    },
  ],
};
