/** Does the pod reach what `--to` named: by its name, at its address, at each endpoint, and does it serve? */
import { destinationEndpoints } from '../../destination/endpoints.ts';
import { hostsEntry } from '../../destination/hosts-file.ts';
import { ingressFronts } from '../../destination/ingress.ts';
import { destinationPorts, MOST_PORTS } from '../../destination/ports.ts';
import type { Destination } from '../../model/destination.ts';
import type { Check } from '../../model/report.ts';
import { endpointName, readDestination } from '../destination/read.ts';
import { nameOf } from '../destination/wording.ts';
import { type HttpResult, httpTo } from '../http.ts';
import { interceptorOf } from '../mesh.ts';
import { isPassedOn } from '../mesh-words.ts';
import { KIND_WORDS } from '../name-text.ts';
import { measured, ofPurpose, whyUnmeasured } from '../observed.ts';
import { readAddress } from '../policy/cidr.ts';
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
export const destinationNameCheck = ({ names, seen, evidence }: View, destination: Destination): Check => {
  const check = (state: typeof names.destination) =>
    nameCheck('destination-name', state, destination.host === undefined ? ADDRESS_ASKED : MUST);
  const entry = destination.kind === 'pod' ? undefined : hostsEntry(destination.host, evidence);
  if (entry !== undefined && destination.kind !== 'ingress')
    return {
      layer: 'name',
      id: 'destination-name',
      state: 'not-applicable',
      detail: `${destination.host ?? ''} → ${listed(entry.addresses)}, by the pod's own hosts file: DNS is not asked for it`,
    };
  if (destination.kind === 'service') return check(names.destination);
  const { destinationIngress: ingress } = evidence;
  const led =
    entry?.addresses ??
    (names.external.state === 'ok'
      ? names.external.outcome.addresses.map(({ address }) => address)
      : undefined);
  if (destination.kind === 'ingress' && ingress.state === 'known' && led !== undefined) {
    const fronts = ingressFronts(ingress.value).filter((front) => readAddress(front) !== undefined);
    // What was asked is the Ingress; where apps come out by its name was not.
    if (fronts.length > 0 && !led.some((address) => fronts.includes(address)))
      return {
        layer: 'name',
        id: 'destination-name',
        state: 'unknown',
        detail: `${destination.host ?? ''} leads to ${listed(led)}, and the Ingress has ${listed(fronts)}: what apps reach by that name was not asked`,
      };
  }
  // Names of other targets may have been asked for beside it: each is told by itself.
  const own = ofPurpose(seen['dns-lookup'], 'external-name').filter(
    ({ question }) => question.name === destination.host,
  );
  const [first] = own;
  const kind = first === undefined ? undefined : measured(first.outcome)?.kind;
  if (names.external.state !== 'ok' || first === undefined || kind === 'answered')
    return check(names.external);
  return {
    layer: 'name',
    id: 'destination-name',
    state: kind === undefined ? 'unknown' : 'failed',
    detail:
      kind === undefined
        ? (whyUnmeasured(first) ?? 'no answer')
        : `${first.question.name}: ${KIND_WORDS[kind]}`,
  };
};

/** Ready endpoints, as the API tells: known where we may look, and no more than a hint of what a probe sees. */
export const destinationServiceCheck = ({ evidence, seen }: View, destination: Destination): Check => {
  const check = { layer: 'service', id: 'destination-service' } as const;
  const { destinationService: service } = evidence;
  const notApplicable = (detail: string): Check => ({ ...check, state: 'not-applicable', detail });
  if (destination.kind !== 'service' && destination.kind !== 'ingress')
    return notApplicable('no Service stands in between');
  if (service.state === 'absent' && connectTo(seen, 'destination').state === 'ok')
    return { ...check, state: 'ok', detail: 'no Service of that name, but connections work' };
  if (service.state === 'absent')
    return {
      ...check,
      state: 'failed',
      detail:
        destination.kind === 'ingress'
          ? `the Service behind ${nameOf(destination)} does not exist`
          : `${nameOf(destination)} does not exist`,
    };
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
  const sctp = ports.filter(({ protocol }) => protocol === 'SCTP');
  if (ports.length > 0 && sctp.length === ports.length)
    return { ...check, state: 'unknown', detail: 'SCTP: no tool of the debug image can ask for it' };
  const result = connectTo(view.seen, 'destination');
  if (result.state === 'not-asked' && view.evidence.destinationService.state === 'absent')
    return { ...check, state: 'unknown', needs: 'service', detail: 'there is no Service to connect to' };
  if (ports.length === 0 && typeof destination.port === 'string' && destination.kind === 'service')
    return { ...check, state: 'unknown', needs: 'service', detail: `there is no port ${destination.port}` };
  const made = connectCheck(check, result, MUST);
  const mesh = interceptorOf(ofPurpose(view.seen['tcp-connect'], 'destination'));
  const unproven =
    made.state === 'unknown' || httpTo(view.seen, 'destination', view.internetMode).state === 'failed';
  if (mesh !== undefined && made.state !== 'failed' && unproven)
    return {
      ...check,
      state: 'unknown',
      detail: `${mesh} in the pod accepts every connection: only an answer over TLS or HTTP would prove one`,
    };
  // Where the name does not resolve, connecting to it may take as long as it is given.
  const { external } = view.names;
  if (made.state === 'unknown' && destination.kind === 'host' && external.state === 'failed')
    return { ...made, needs: 'name' };
  if (made.state !== 'ok') return made;
  const left = [...ports.slice(MOST_PORTS), ...sctp.filter((port) => ports.indexOf(port) < MOST_PORTS)];
  if (left.length > 0)
    return {
      ...check,
      state: 'unknown',
      detail: `not asked: ${listedShort(left.map(({ number, protocol }) => `${number}/${protocol}`))} (at most ${MOST_PORTS} ports, and none of SCTP)`,
    };
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
  // They get no traffic: what they do is asked for to see why.
  if (!asked.some(({ endpoint }) => endpoint.ready))
    return {
      ...check,
      state: 'not-applicable',
      detail: `no endpoint is ready; of ${counted(asked.length, 'one', 'those')} asked all the same ${broken.length === 0 ? 'none fails' : `${broken.length} ${broken.length === 1 ? 'fails' : 'fail'}`}`,
    };
  const connects = broken.every(({ attempts }) =>
    attempts.every(({ connect }) => connect === 'connected' || connect === 'unmeasured'),
  );
  if (broken.length > 0)
    return {
      ...check,
      // What connects, and is not served, is not the port's fault.
      ...(connects ? { layer: 'protocol' as const } : {}),
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

/** A name of several addresses: the request went to one, and the app may be led to another. */
const whereOf = ({ seen }: View, { host }: Destination, { answered }: HttpResult): string => {
  const all = unique(
    ofPurpose(seen['dns-lookup'], 'external-name').flatMap(({ question, outcome }) =>
      question.name === host && outcome.kind === 'answered'
        ? outcome.addresses.map(({ address }) => address)
        : [],
    ),
  );
  const at = unique(
    answered.flatMap(({ outcome }) =>
      outcome.kind === 'responded' && all.includes(outcome.remoteAddress ?? '')
        ? (outcome.remoteAddress ?? [])
        : [],
    ),
  );
  // Of the family that was used: the pod may not have the other.
  const alike = all.filter((address) => at.some((one) => one.includes(':') === address.includes(':')));
  return at.length === 1 && alike.length > 1 ? `, at one of its ${alike.length} addresses: ${at[0]}` : '';
};

export const destinationHttpCheck = (view: View, destination: Destination): Check => {
  const result = httpTo(view.seen, 'destination', view.internetMode);
  const made = httpCheck('destination-http', result, connectTo(view.seen, 'destination'), NO_REQUEST);
  // A controller, and a proxy of a mesh, say so themselves where they know no route, and so may the app.
  const unknown = ({ outcome }: (typeof result.answered)[number]): boolean =>
    outcome.kind === 'responded' &&
    outcome.status === 404 &&
    (destination.kind === 'ingress' || (/envoy/i.test(outcome.server ?? '') && !isPassedOn(outcome)));
  if (made.state !== 'ok') return made;
  return result.answered.some(unknown)
    ? {
        ...made,
        state: 'unknown',
        detail: `${made.detail}: whether it came from the app behind is not known`,
      }
    : { ...made, detail: `${made.detail}${whereOf(view, destination, result)}` };
};
