/** What the checks and the evidence alone say of each layer. */
import type { Layer } from '../model/layer.ts';
import type { Check, LayerLine } from '../model/report.ts';
import { LEFT_OUT } from './checks/not-asked.ts';
import type { View } from './checks/view.ts';
import { clusterIPs, readyAddresses, serviceName } from './endpoints.ts';
import { ofPurpose } from './observed.ts';
import { egressPolicies } from './policy/egress.ts';
import { connectTo, REACH_PURPOSES } from './reach.ts';
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
  if (destination !== undefined) return fromChecks(checks);
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
  return { state: known.every(({ ready }) => ready > 0) ? 'ok' : 'unknown', detail };
};

const policyLine = ({ evidence, target }: View): Told => {
  const egress = egressPolicies(evidence);
  switch (egress.kind) {
    case 'none':
      return { state: 'ok', detail: `no policy selects ${target.pod} for egress` };
    case 'host-network':
      return { state: 'ok', detail: 'hostNetwork: policies do not apply to it in practice' };
    case 'selected':
      return {
        state: 'unknown',
        detail: `${counted(egress.names.length, 'policy selects', 'policies select')} ${target.pod} for egress: not evaluated (${listed(egress.names)})`,
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
const tlsLine = ({ seen, narrowed, destination }: View): Told => {
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

/** What each layer's line says where no finding is of it. */
export const tellers: Readonly<Record<Layer, (view: View, checks: readonly Check[]) => Told>> = {
  target: targetLine,
  interface: interfaceLine,
  name: (_, checks) => fromChecks(checks),
  service: serviceLine,
  policy: policyLine,
  route: (_, checks) => fromChecks(checks),
  port: (_, checks) => fromChecks(checks),
  tls: tlsLine,
  protocol: (_, checks) => fromChecks(checks),
};
