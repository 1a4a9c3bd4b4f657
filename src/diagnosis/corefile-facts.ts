/** The Corefile, and what is known around it. */
import type { Evidence } from '../model/evidence.ts';
import {
  answererOf,
  parseCorefile,
  readRelease,
  type Surroundings,
  serversOf,
  type Upstream,
} from './corefile/index.ts';
import { clusterIPs } from './endpoints.ts';

export const COREFILE_EVIDENCE = ['corefile', 'dnsService', 'dnsEndpointSlices', 'dnsPods'] as const;
export type CorefileEvidence = Pick<Evidence, (typeof COREFILE_EVIDENCE)[number]>;

const IMAGE = /(?:^|\/)[\w.-]*coredns[\w.-]*:(?<tag>[\w.-]+)/i;
const DNS_PORT = 53;
/** Characters. A real one has some hundreds; to judge one of a megabyte takes seconds. */
const LONGEST = 100_000;

/** undefined: not known. */
export const corefileText = ({ corefile }: Pick<Evidence, 'corefile'>): string | undefined => {
  const text = corefile.state === 'known' ? corefile.value.data.Corefile : undefined;
  return text !== undefined && text.length <= LONGEST ? text : undefined;
};

/** At which CoreDNS's pods are asked. */
const portOf = ({ dnsEndpointSlices }: Pick<Evidence, 'dnsEndpointSlices'>): number | undefined =>
  dnsEndpointSlices.state === 'known'
    ? (dnsEndpointSlices.value.flatMap(({ ports }) => ports ?? []).find(({ name }) => name === 'dns')?.port ??
      undefined)
    : undefined;

/** `search`: the pod's search domains, of which one tells the cluster's. */
export const surroundings = (evidence: CorefileEvidence, search: readonly string[]): Surroundings => {
  const pods = evidence.dnsPods.state === 'known' ? evidence.dnsPods.value : [];
  const images = pods.flatMap(({ spec }) => spec.containers.flatMap(({ image }) => image ?? []));
  const tag = images.map((image) => IMAGE.exec(image)?.groups?.tag).find((found) => found !== undefined);
  const release = tag === undefined ? undefined : readRelease(tag);
  const domain = search.find((one) => /^svc\./i.test(one))?.slice('svc.'.length);
  const port = portOf(evidence);
  return {
    ...(release === undefined ? {} : { release }),
    ...(port === undefined ? {} : { port }),
    ...(domain === undefined ? {} : { clusterDomain: domain.replace(/\.$/, '') }),
    ...(evidence.dnsService.state === 'known'
      ? { serviceAddresses: clusterIPs(evidence.dnsService.value) }
      : {}),
    podAddresses: pods.flatMap(({ status }) => status.podIP ?? []),
    hostNetwork: pods.some(({ spec }) => spec.hostNetwork === true),
  };
};

/** Whom names outside are forwarded to. Empty where that is not told: another plugin may answer them, or a file that is not seen. */
export const outsideUpstreams = (
  evidence: Pick<CorefileEvidence, 'corefile' | 'dnsEndpointSlices'>,
): readonly Upstream[] => {
  const text = corefileText(evidence);
  const parsed = text === undefined ? undefined : parseCorefile(text);
  if (parsed?.kind !== 'parsed') return [];
  const answered = answererOf(serversOf(parsed.corefile), 'example.com.', portOf(evidence) ?? DNS_PORT);
  return answered?.by.kind === 'upstreams' ? answered.by.upstreams : [];
};
