import { defineRule } from '../../model/rule.ts';
import { readLinks, usableAddresses } from '../links.ts';
import { connectTo, REACH_PURPOSES } from '../reach.ts';
import { capital, inCommand, kubectl, listed } from '../wording.ts';

/** No link that is up has an address. Where connections work all the same this is only said. */
export default defineRule({
  id: 'interface-down',
  code: 'NC2006',
  layer: 'interface',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['interface', 'tcp-connect', 'http-get'],
  evaluate: ({ target, observations }) => {
    const { addresses } = readLinks(observations.interface);
    if (addresses === undefined || usableAddresses(addresses).length > 0) return [];
    const names = (up: boolean) => addresses.links.filter((link) => link.up === up).map(({ name }) => name);
    const [down, up] = [names(false), names(true)];
    const connects = REACH_PURPOSES.some((to) => connectTo(observations, to).connected.length > 0);
    const what =
      addresses.links.length === 0
        ? 'the pod has no network interface but loopback'
        : up.length === 0
          ? `${listed(down)} of the pod ${down.length === 1 ? 'is' : 'are'} down`
          : `the pod's interface ${listed(up)} has no address`;
    return [
      {
        severity: connects ? 'warning' : 'error',
        confidence: 'certain',
        summary: connects ? `${capital(what)}, and connections work all the same` : capital(what),
        evidence: [
          ...down.map((name) => `${name} is down`),
          ...up.map((name) => `${name} is up, without an address of global scope`),
        ],
        explains: [
          'no-default-route',
          'gateway-silent',
          'nameserver-silent',
          'host-unreachable',
          'connection-timed-out',
          'internet-unreachable',
        ],
        next: [
          kubectl(target.namespace, 'describe', 'pod', inCommand(target.pod, 'POD')),
          'kubectl get pods -n kube-system -o wide',
        ],
      },
    ];
  },
});
