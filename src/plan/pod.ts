/** What the pod itself has: addresses, routes, neighbours, resolver, listeners, and the tools that ask for the rest. */
import type { Evidence } from '../model/evidence.ts';
import type { Planned } from './planned.ts';

export const podItself: readonly Planned[] = [
  { id: 'interface/addresses', probe: 'interface', purpose: 'interface', question: { read: 'addresses' } },
  { id: 'interface/routes', probe: 'interface', purpose: 'interface', question: { read: 'routes' } },
  { id: 'interface/neighbours', probe: 'interface', purpose: 'interface', question: { read: 'neighbours' } },
  { id: 'resolv-conf', probe: 'resolv-conf', purpose: 'resolver-config', question: {} },
  { id: 'listeners/ss', probe: 'listeners', purpose: 'listeners', question: { read: 'ss' } },
  // What ss reads, for images without it.
  { id: 'listeners/proc', probe: 'listeners', purpose: 'listeners', question: { read: 'proc' } },
  { id: 'tool-versions', probe: 'tool-versions', purpose: 'tools', question: {} },
];

export const gateway: Planned = { id: 'gateway', probe: 'gateway', purpose: 'gateway', question: {} };

export const node = (evidence: Pick<Evidence, 'pod'>): readonly Planned[] => {
  const hostIP = evidence.pod.state === 'known' ? evidence.pod.value.status.hostIP : undefined;
  if (hostIP === undefined) return [];
  return [{ id: 'icmp-echo/node', probe: 'icmp-echo', purpose: 'node', question: { host: hostIP } }];
};
