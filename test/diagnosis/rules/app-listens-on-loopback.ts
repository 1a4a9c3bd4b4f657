import type { Observation, OutcomeOf } from '../../../probes/index.ts';
import { facts, known, pod, type RuleCases } from '../build.ts';
import { allPorts, ENDPOINTS, REFUSED_GET, toService, webPod, webSlice } from '../to-destination.ts';

type Sockets = Extract<OutcomeOf<'listeners'>, { kind: 'listeners' }>['sockets'];
const listeners = (sockets: Sockets): Observation => ({
  id: 'listeners/ss',
  probe: 'listeners',
  purpose: 'listeners',
  question: { read: 'ss' },
  outcome: { kind: 'listeners', sockets },
});
const socket = (address: string, scope: 'any' | 'loopback' | 'address'): Sockets[number] => ({
  protocol: 'tcp',
  family: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  port: 8080,
  scope,
});
const LOOPBACK = socket('127.0.0.1', 'loopback');
const declaring = (name = 'app') =>
  pod({
    spec: {
      containers: [{ name: 'app', ports: [{ containerPort: 8080 }] }, ...(name === 'app' ? [] : [{ name }])],
    },
  });

/** The pod itself stands behind the Service. */
const self = webPod(0);
const refused = allPorts({ kind: 'refused' }, REFUSED_GET);
const own = [...refused.front, ...refused.endpoints.filter(({ id }) => id.includes(ENDPOINTS[0]))];
const toSelf = (sockets: Sockets) => {
  const made = toService({
    observations: [...own, listeners(sockets)],
    pod: self,
    evidence: {
      destinationEndpointSlices: known([webSlice([{ address: ENDPOINTS[0] }])]),
      destinationPods: known([self]),
    },
  });
  return {
    ...made,
    target: { requested: 'web-0', namespace: 'shop', pod: 'web-0' },
    observations: made.observations.filter(({ id }) => !id.includes(ENDPOINTS[1])),
  };
};

export const cases: RuleCases = {
  fires: [
    {
      name: 'a declared port is open on 127.0.0.1 alone',
      facts: facts({ pod: declaring(), observations: [listeners([LOOPBACK])] }),
      summary:
        /^In pod client 8080 is listened on at 127.0.0.1 only, so nothing outside of the pod can connect to it$/,
      severity: 'warning',
      confidence: 'certain',
    },
    {
      name: 'on 127.0.0.1 and ::1',
      facts: facts({ pod: declaring(), observations: [listeners([LOOPBACK, socket('::1', 'loopback')])] }),
      summary: /at 127.0.0.1 and ::1 only/,
    },
    {
      name: 'the Service that was asked for leads to the pod itself',
      facts: toSelf([LOOPBACK]),
      summary: /^In pod web-0 8080 is listened on at 127.0.0.1 only/,
      severity: 'error',
    },
  ],
  silent: [
    {
      name: 'open on every address as well',
      facts: facts({ pod: declaring(), observations: [listeners([LOOPBACK, socket('0.0.0.0', 'any')])] }),
    },
    { name: 'a port that no container declares', facts: facts({ observations: [listeners([LOOPBACK])] }) },
    {
      name: 'a sidecar connects to it from within the pod',
      facts: facts({ pod: declaring('istio-proxy'), observations: [listeners([LOOPBACK])] }),
    },
    { name: 'nothing listens there at all', facts: toSelf([]) },
  ],
};
