/** Whether the addresses that a name resolved to can be right. */
import type { Observation } from '../../probes/index.ts';
import type { Service } from '../model/kubernetes.ts';
import { clusterIPs } from './endpoints.ts';
import { canonical, type NamesEvidence } from './nameservers.ts';
import type { Measured } from './observed.ts';
import { listed } from './wording.ts';

export type Lookup = Extract<Observation, { probe: 'dns-lookup' }>;
export type Answered = Extract<Measured<Lookup['outcome']>, { kind: 'answered' }>;
type Address = Answered['addresses'][number];

/** Lookups of addresses as the app makes them: by the pod's own resolver settings. Others ask one nameserver, or for an address's name. */
export const ownLookups = (lookups: readonly Lookup[]): readonly Lookup[] =>
  lookups.filter(
    ({ purpose }) =>
      purpose === 'cluster-name' || purpose === 'external-name' || purpose === 'destination-name',
  );

/**
 * 0.0.0.0/8, 127.0.0.0/8, `::` and `::1`: what filters answer for names that they block. Private ranges are none of these: split
 * DNS, proxies and mirrors live there.
 */
const isSinkhole = ({ family, address }: Address): boolean =>
  family === 'ipv4' ? /^(0|127)\./.test(address) : ['::', '::1'].includes(canonical(address));

const isLocalName = (name: string): boolean => /(^|\.)localhost\.?$/i.test(name);

/** The Service that a name of this purpose is of. */
const serviceBehind = (
  purpose: Lookup['purpose'],
  { apiService, destinationService }: NamesEvidence,
): Service | undefined => {
  const service =
    purpose === 'cluster-name' ? apiService : purpose === 'destination-name' ? destinationService : undefined;
  return service?.state === 'known' ? service.value : undefined;
};

/** `203.0.113.99, not 10.96.0.1`; undefined where the answer is right, as far as that can be told. */
export const whyWrong = (
  { purpose, question }: Lookup,
  { addresses }: Answered,
  evidence: NamesEvidence,
): string | undefined => {
  const given = listed(addresses.map(({ address }) => address));
  const service = serviceBehind(purpose, evidence);
  // A headless Service has none: its name leads to whatever endpoints it had then.
  const expected = service === undefined ? [] : clusterIPs(service).map(canonical);
  if (service !== undefined && expected.length > 0)
    return addresses.some(({ address }) => expected.includes(canonical(address)))
      ? undefined
      : `${given}, not ${listed(clusterIPs(service))}`;
  return addresses.length > 0 && addresses.every(isSinkhole) && !isLocalName(question.name)
    ? `${given}, which leads nowhere`
    : undefined;
};

/**
 * The search domain that answered for a Service's name and is not the cluster's: `corp.example`. In the cluster's own domain D,
 * `svc.D` is a search domain too.
 */
export const shadowDomain = (
  { question: { name } }: Lookup,
  { answeredName }: Answered,
  search: readonly string[],
): string | undefined => {
  const plain = (text: string): string => text.replace(/\.$/, '').toLowerCase();
  const [asked, answered] = [plain(name), plain(answeredName)];
  if (name.endsWith('.') || !answered.startsWith(`${asked}.`)) return undefined;
  const suffix = answered.slice(asked.length + 1);
  const domains = search.map(plain);
  return suffix !== 'cluster.local' && domains.includes(suffix) && !domains.includes(`svc.${suffix}`)
    ? suffix
    : undefined;
};
