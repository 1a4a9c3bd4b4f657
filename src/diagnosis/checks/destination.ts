/** Does the pod reach what `--to` named: by its name, at its address, at each endpoint, and does it serve? */
import { destinationEndpoints } from '../../destination/endpoints.ts';
import { destinationPorts } from '../../destination/ports.ts';
import type { Destination } from '../../model/destination.ts';
import type { Check } from '../../model/report.ts';
import { endpointName, readDestination } from '../destination/read.ts';
import { nameOf } from '../destination/wording.ts';
import { httpTo } from '../http.ts';
import { connectTo } from '../reach.ts';
import { counted, listed, listedShort, unique } from '../wording.ts';
import { nameCheck } from './names.ts';
import { MUST } from './not-asked.ts';
import { connectCheck, httpCheck } from './reach.ts';
import type { View } from './view.ts';

const ADDRESS_ASKED = {
  state: 'not-applicable',
  detail: 'an address was named: there is no name to look up',
} as const;

/** Of a Service through the cluster's DNS, of any other host through whatever the pod asks. */
export const destinationNameCheck = ({ names }: View, destination: Destination): Check => {
  const check = (state: typeof names.destination) =>
    nameCheck('destination-name', state, destination.host === undefined ? ADDRESS_ASKED : MUST);
  return check(destination.kind === 'service' ? names.destination : names.external);
};

/** Ready endpoints, as the API tells: known where we may look, and no more than a hint of what a probe sees. */
export const destinationServiceCheck = ({ evidence, seen }: View, destination: Destination): Check => {
  const check = { layer: 'service', id: 'destination-service' } as const;
  const { destinationService: service } = evidence;
  const notApplicable = (detail: string): Check => ({ ...check, state: 'not-applicable', detail });
  if (destination.kind !== 'service' && destination.kind !== 'ingress')
    return notApplicable('no Service stands in between');
  if (service.state === 'absent')
    return { ...check, state: 'failed', detail: `${nameOf(destination)} does not exist` };
  const endpoints = destinationEndpoints(destination, evidence);
  if (service.state !== 'known' || endpoints === undefined)
    return notApplicable('Service and endpoints could not be read');
  const { type, externalName, ports = [] } = service.value.spec;
  if (type === 'ExternalName') return notApplicable(`an ExternalName: ${externalName ?? ''}`);
  const ready = endpoints.filter((one) => one.ready).length;
  const name = `svc/${service.value.metadata.name}`;
  const works = connectTo(seen, 'destination').state === 'ok';
  if (ready === 0 && works)
    return { ...check, state: 'ok', detail: `${name} lists no ready endpoint, but connections work` };
  if (ready === 0)
    return {
      ...check,
      state: 'failed',
      detail: `${name} has no ready endpoint (${endpoints.length} listed)`,
    };
  const strange = destinationPorts(destination, evidence).filter(({ listed: isListed }) => !isListed);
  if (strange.length > 0)
    return {
      ...check,
      state: 'failed',
      detail: `${name} has no port ${listed(strange.map(({ number }) => String(number)))}, but ${listed(ports.map(({ port }) => String(port)))}`,
    };
  return {
    ...check,
    state: 'ok',
    detail: `${name}: ${counted(ready, 'ready endpoint')}${ready === endpoints.length ? '' : ` of ${endpoints.length}`}`,
  };
};

/** Each of its ports at the address that apps connect to. SCTP no tool of the image can ask. */
export const destinationConnectCheck = (view: View, destination: Destination): Check => {
  const check = { layer: 'port', id: 'destination' } as const;
  const ports = destinationPorts(destination, view.evidence);
  if (ports.length > 0 && ports.every(({ protocol }) => protocol === 'SCTP'))
    return { ...check, state: 'unknown', detail: 'SCTP: no tool of the debug image can ask for it' };
  const result = connectTo(view.seen, 'destination');
  const made = connectCheck(check, result, MUST);
  if (made.state !== 'ok') return made;
  return {
    ...made,
    detail:
      unique(
        result.connected
          .filter(({ observation }) => observation.probe !== 'http-get')
          .map(({ text }) => text),
      ).join(', ') || made.detail,
  };
};

/** Each endpoint by itself: one bad one of several shows as a fault that comes and goes. */
export const destinationEndpointsCheck = (view: View, destination: Destination): Check => {
  const check = { layer: 'port', id: 'destination-endpoints' } as const;
  const { endpoints } = readDestination(destination, view.seen, view.evidence);
  const asked = (endpoints ?? []).filter(({ state }) => state !== 'not-asked');
  if (asked.length === 0)
    return { ...check, state: 'not-applicable', detail: 'no endpoint was asked by itself' };
  const broken = asked.filter(({ state }) => state === 'failed');
  if (broken.length > 0)
    return {
      ...check,
      state: 'failed',
      detail: `${broken.length} of ${counted(asked.length, 'endpoint')}: ${listedShort(broken.flatMap(({ texts }) => texts))}`,
    };
  const silent = asked.filter(({ state }) => state === 'unknown');
  if (silent.length > 0)
    return {
      ...check,
      state: 'unknown',
      detail: `no answer that tells from ${listedShort(silent.map(({ endpoint }) => endpointName(endpoint)))}`,
    };
  const all = (endpoints ?? []).filter(({ endpoint }) => endpoint.ready).length;
  return {
    ...check,
    state: 'ok',
    detail: `${asked.length < all ? `${asked.length} of ${all} endpoints, asked one by one, all` : `${counted(asked.length, 'endpoint')}, asked one by one, all`} answer`,
  };
};

const NO_REQUEST = {
  state: 'not-applicable',
  detail: 'what is spoken there is not known, so no request was sent',
} as const;

export const destinationHttpCheck = (view: View): Check =>
  httpCheck(
    'destination-http',
    httpTo(view.seen, 'destination', view.internetMode),
    connectTo(view.seen, 'destination'),
    NO_REQUEST,
  );
