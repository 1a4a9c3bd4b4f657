/** Which evidence is worth another request, now that the answers are in: what may explain that something failed. Pure. */
import { destinationEndpoints } from '../destination/endpoints.ts';
import { serviceNameOf } from '../destination/service-name.ts';
import type { Case } from '../model/case.ts';
import type { MoreKey } from '../model/evidence.ts';
import { isAlive } from './destination/service/service-behind.ts';
import { readyAddresses } from './endpoints.ts';
import { measured } from './observed.ts';
import { read } from './read.ts';

const GOOD: readonly string[] = ['answered', 'response', 'open', 'responded', 'replied', 'silent'];

/** Nothing where all is well. */
export const wantedMore = ({
  asks,
  runs,
  entry,
  evidence,
  destination,
}: Pick<Case, 'asks' | 'runs' | 'entry' | 'evidence' | 'destination'>): readonly MoreKey[] => {
  // Where each tool ended well, none of them need be read for this, and the user is waiting.
  const ended = runs.length === asks.length && runs.every(({ exitCode }) => exitCode === 0);
  const { observations } =
    ended && destination === undefined ? { observations: [] } : read({ asks, runs, entry });
  const failed = observations.flatMap(({ probe, purpose, outcome }) => {
    // A private authority is usual inside, and nothing more to look at would explain a certificate.
    const seen = purpose === 'destination-certificate' ? undefined : measured(outcome);
    const served = seen?.kind !== 'responded' || seen.status < 500;
    return seen === undefined || (GOOD.includes(seen.kind) && served)
      ? []
      : [{ probe, purpose, kind: seen.kind }];
  });
  const names = failed.some(({ probe }) => probe === 'dns-lookup' || probe === 'dns-query');
  const connections = failed.filter(({ probe }) =>
    ['tcp-connect', 'http-get', 'udp-exchange'].includes(probe),
  );
  const silent = connections.some(({ kind }) => kind === 'timed-out' || kind === 'unreachable');
  const { dnsEndpointSlices, dnsPods, destinationService: service } = evidence;
  const dnsSick =
    (dnsEndpointSlices.state === 'known' && readyAddresses(dnsEndpointSlices.value).length === 0) ||
    (dnsPods.state === 'known' &&
      dnsPods.value.some(
        (pod) => !pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
      ));
  const wanted: MoreKey[] = [];
  if (names || dnsSick) wanted.push('corefile');
  if (connections.length > 0) wanted.push('kubeProxyPods');
  if (silent) wanted.push('networkDaemonSets', 'apiGroups');
  if (destination === undefined) return wanted;

  const endpoints = destinationEndpoints(destination, evidence);
  const noneReady = endpoints !== undefined && !endpoints.some(({ ready }) => ready);
  const trouble =
    noneReady ||
    service.state === 'absent' ||
    failed.some(({ purpose }) => purpose.startsWith('destination')) ||
    endpoints?.some(({ ready }) => !ready) === true;
  const isService = destination.kind === 'service' || destination.kind === 'ingress';
  if (trouble && destination.namespace !== undefined) wanted.push('destinationEvents', 'destinationNodes');
  if (
    isService &&
    (service.state === 'absent' || failed.some(({ purpose }) => purpose === 'destination-name'))
  )
    // An Ingress leads to Services of its own namespace alone.
    wanted.push('services', ...(destination.kind === 'service' ? (['servicesElsewhere'] as const) : []));
  // `web.stroe` is no Service, and may be meant as one.
  if (
    destination.kind === 'host' &&
    serviceNameOf(destination.host ?? '', '') !== undefined &&
    failed.some(({ purpose, kind }) => purpose === 'external-name' && kind === 'not-found')
  )
    wanted.push('services', 'servicesElsewhere');
  if (
    isService &&
    noneReady &&
    evidence.destinationPods.state === 'known' &&
    !evidence.destinationPods.value.some(isAlive)
  )
    wanted.push('destinationNeighbours', 'destinationWorkloads');
  return wanted;
};
