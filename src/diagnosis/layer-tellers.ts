/** What the checks and the evidence alone say of each layer. */
import type { Layer } from '../model/layer.ts';
import type { Check, LayerLine } from '../model/report.ts';
import { LEFT_OUT } from './checks/not-asked.ts';
import type { View } from './checks/view.ts';
import { nameOf } from './destination/wording.ts';
import { clusterIPs, readyAddresses, serviceName } from './endpoints.ts';
import { flowsOf } from './flows/flows.ts';
import type { JudgedFlow } from './flows/judged.ts';
import { waysText } from './flows/wording.ts';
import { ofPurpose } from './observed.ts';
import { egressPolicies } from './policy/egress.ts';
import { policiesOf } from './policy/ends.ts';
import { connectTo, familyOf, REACH_PURPOSES } from './reach.ts';
import { whyNotKnown } from './unknowns.ts';
import { counted, listed, unique } from './wording.ts';

export type Told = Pick<LayerLine, 'state' | 'detail' | 'durationMs'>;

const targetLine = ({ evidence: { pod } }: View, checks: readonly Check[]): Told => {
  const told = fromChecks(checks);
  const node = pod.state === 'known' ? pod.value.spec.nodeName : undefined;
  return node === undefined || told.state !== 'ok' ? told : { ...told, detail: `${told.detail} on ${node}` };
};

const interfaceLine = ({ links }: View, checks: readonly Check[]): Told => {
  const told = fromChecks(checks);
  const mtus = unique((links.addresses?.links ?? []).map(({ mtu }) => String(mtu)));
  return told.state !== 'ok' || mtus.length === 0
    ? told
    : { ...told, detail: `${told.detail}, MTU ${listed(mtus)}` };
};

/** What the API tells of the two Services that every pod needs, or of the one that was asked for. */
const serviceLine = ({ evidence, destination }: View, checks: readonly Check[]): Told => {
  if (destination !== undefined) {
    const why = [evidence.destinationService, evidence.destinationEndpointSlices].flatMap(
      (item) => whyNotKnown(item) ?? [],
    );
    return why.length === 0 ? fromChecks(checks) : { state: 'unknown', detail: unique(why).join(', ') };
  }
  const pairs = [
    [evidence.apiService, evidence.apiEndpointSlices],
    [evidence.dnsService, evidence.dnsEndpointSlices],
  ] as const;
  const known = pairs.flatMap(([service, slices]) =>
    service.state === 'known' && slices.state === 'known'
      ? [{ service: service.value, ready: readyAddresses(slices.value).length }]
      : [],
  );
  if (known.length === 0) return { state: 'unknown', detail: 'Services and endpoints could not be read' };
  const detail = known
    .map(
      ({ service, ready }) =>
        `${serviceName(service)} ${listed(clusterIPs(service))}: ${counted(ready, 'ready endpoint')}`,
    )
    .join(', ');
  return { state: known.every(({ ready }) => ready > 0) ? 'ok' : 'warning', detail };
};

/** Where policies have a say, what they say of each flow that was asked for; else that they have none. */
const policyLine = (view: View): Told => {
  const { evidence, destination, seen } = view;
  const flows = flowsOf(seen, evidence, destination);
  const policed = flows.filter(({ verdict: { egress, ingress } }) =>
    [egress, ingress].some((one) => one.state !== 'allowed' || one.because.kind === 'rule'),
  );
  const unread = policiesOf(evidence.networkPolicies).state === 'unknown';
  if (flows.length === 0 || policed.length === 0 || unread)
    return unpoliced(
      view,
      flows.some(({ about }) => about === 'destination'),
    );
  const unknown = policed.filter(({ verdict }) => verdict.state === 'unknown');
  const denied = policed.filter(({ verdict }) => verdict.state === 'denied');
  // What passes all the same is a warning of its own.
  if (denied.length > 0)
    return denied.every(({ fate }) => fate === 'passes')
      ? { state: 'ok', detail: 'policies deny what passes' }
      : { state: 'unknown', detail: `policies deny ${waysText(denied)}` };
  return unknown.length > 0
    ? { state: 'unknown', detail: `whether policies allow ${waysText(unknown)} could not be told` }
    : { state: 'ok', detail: `policies of ${listed(policedEnds(view, policed))} allow ${waysText(policed)}` };
};
/** Of the two ends, those that policies speak of. */
const policedEnds = ({ target, destination }: View, flows: readonly JudgedFlow[]): readonly string[] => {
  const ruled = (direction: 'egress' | 'ingress'): boolean =>
    flows.some(({ verdict }) => {
      const one = verdict[direction];
      return one.state === 'allowed' && one.because.kind === 'rule';
    });
  return [
    ...(ruled('egress') ? [target.pod] : []),
    ...(ruled('ingress') && destination !== undefined ? [nameOf(destination)] : []),
  ];
};

const unpoliced = ({ evidence, destination, target }: View, evaluated: boolean): Told => {
  const egress = egressPolicies(evidence);
  switch (egress.kind) {
    case 'none': {
      const far = policiesOf(evidence.destinationPolicies);
      if (destination?.namespace !== undefined && !evaluated && far.state === 'unknown')
        return {
          state: 'unknown',
          detail: `no policy selects ${target.pod} for egress; of ${nameOf(destination)}: ${far.why}`,
        };
      return {
        state: 'ok',
        detail: `no policy selects ${target.pod} for egress${evaluated && destination?.namespace !== undefined && destination.kind !== 'ingress' ? `, nor ${nameOf(destination)} for ingress` : ''}`,
      };
    }
    case 'host-network':
      return { state: 'ok', detail: 'hostNetwork: policies do not apply to it in practice' };
    case 'selected':
      return {
        state: 'unknown',
        detail: `${counted(egress.names.length, 'policy selects', 'policies select')} ${target.pod} for egress, and what they allow could not be compared with what was asked (${listed(egress.names)})`,
      };
    case 'unknown':
      return evidence.pod.state === 'known'
        ? { state: 'unknown', detail: egress.why }
        : { state: 'not-run', detail: 'not looked at' };
  }
};

const isSecure = ({ question }: { readonly question: { readonly url: string } }): boolean =>
  /^https:/i.test(question.url);

/** TLS is judged with the requests that ride on it. What the app's proxy was asked for came another way. */
const tlsLine = ({ seen, narrowed, destination }: View, checks: readonly Check[]): Told => {
  if (checks.length > 0) return fromChecks(checks);
  const shaken = REACH_PURPOSES.flatMap((purpose) => ofPurpose(seen['http-get'], purpose)).filter(
    ({ outcome }) =>
      outcome.kind === 'responded' && outcome.phases.tls !== undefined && outcome.phases.tls > 0,
  );
  if (shaken.length === 0) {
    const asked = REACH_PURPOSES.some((to) => ofPurpose(seen['http-get'], to).length > 0);
    if (narrowed === true && !asked) return { state: 'not-run', detail: LEFT_OUT.detail };
    // Of a destination that speaks plain HTTP, or what is not known, no handshake was asked for.
    if (
      destination !== undefined &&
      !REACH_PURPOSES.some((to) => ofPurpose(seen['http-get'], to).some(isSecure))
    )
      return { state: 'not-run', detail: 'no TLS was asked for' };
    const connected = REACH_PURPOSES.some((to) => connectTo(seen, to).state === 'ok');
    return connected
      ? { state: 'unknown', detail: 'no handshake was completed' }
      : { state: 'not-run', detail: 'not run (needs port)' };
  }
  return {
    state: 'ok',
    detail: `handshakes completed: ${listed(shaken.map(({ question }) => question.url))}`,
  };
};

const fromChecks = (checks: readonly Check[]): Told => {
  const shown = checks.filter(({ state }) => state !== 'not-applicable');
  const own = shown.filter(({ needs }) => needs === undefined);
  const [waiting] = shown;
  if (own.length === 0 && waiting?.needs !== undefined)
    return { state: 'not-run', detail: `not run (needs ${waiting.needs})` };
  const worst = (['failed', 'unknown', 'ok'] as const).find((state) =>
    own.some((check) => check.state === state),
  );
  const told = worst === undefined ? checks : own.filter(({ state }) => state === worst);
  const detail = unique(told.map((check) => check.detail)).join(', ');
  if (worst !== 'ok')
    return { state: worst === 'failed' ? 'broken' : worst === 'unknown' ? 'unknown' : 'not-run', detail };
  const durations = own.flatMap(({ durationMs }) => durationMs ?? []);
  return { state: 'ok', detail, ...(durations.length === 0 ? {} : { durationMs: Math.max(...durations) }) };
};

/** With a destination outside, what it is compared with tells whether anything gets out. */
const routeLine = ({ seen, destination }: View, checks: readonly Check[]): Told => {
  if (destination === undefined || checks.length > 0) return fromChecks(checks);
  const { connected } = connectTo(seen, 'destination-reference');
  const [first] = connected.filter(({ observation }) => familyOf(observation) !== undefined);
  return (destination.kind === 'host' || destination.kind === 'address') && first !== undefined
    ? { state: 'ok', detail: `the way out works: ${first.text}` }
    : { state: 'not-run', detail: 'not asked by itself' };
};

/** What each layer's line says where no finding is of it. */
export const tellers: Readonly<Record<Layer, (view: View, checks: readonly Check[]) => Told>> = {
  target: targetLine,
  interface: interfaceLine,
  name: (_, checks) => fromChecks(checks),
  service: serviceLine,
  policy: policyLine,
  route: routeLine,
  port: (_, checks) => fromChecks(checks),
  tls: tlsLine,
  protocol: (_, checks) => fromChecks(checks),
};
