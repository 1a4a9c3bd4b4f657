/** The servers that cluster DNS forwards to, asked from the pod: whether anybody is there tells theirs from CoreDNS's own trouble. */
import { outsideUpstreams } from '../diagnosis/corefile-facts.ts';
import type { Evidence } from '../model/evidence.ts';
import { INTERNET_NAMES } from './internet.ts';
import type { Planned } from './planned.ts';

const DNS_PORT = 53;
const MOST = 3;

/** Plain DNS at its own port: no tool of the image asks others. */
export const upstreams = (evidence: Pick<Evidence, 'corefile'>): readonly Planned[] =>
  [
    ...new Set(
      outsideUpstreams({ ...evidence, dnsEndpointSlices: { state: 'not-asked' } }).flatMap(({ to }) =>
        to.kind === 'address' && to.transport === 'dns' && (to.port ?? DNS_PORT) === DNS_PORT ? [to.ip] : [],
      ),
    ),
  ]
    .slice(0, MOST)
    .map((server) => ({
      id: `dns-query/upstream/${server}`,
      probe: 'dns-query',
      purpose: 'upstream',
      question: { name: `${INTERNET_NAMES[0] ?? ''}.`, type: 'A', server },
    }));
