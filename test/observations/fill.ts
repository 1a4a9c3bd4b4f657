/** Puts the addresses of pods, which differ from run to run, into a condition's words. */
import type { Store } from '../sandbox/contract.ts';
import { familyOf } from '../sandbox/families.ts';
import type { ObservationAsk } from './observation-file.ts';

const PLACE = /\$\((?<pod>[a-z0-9-]+)\.(?<family>ipv4|ipv6)\)/g;

/** `$(web-0.ipv4)` is the address of that pod. Throws where there is no such pod, or it has no address of that family. */
export const filledText = (text: string, store: Store, namespace: string): string =>
  text.replace(PLACE, (_: string, pod: string, family: string): string => {
    const ips: readonly { readonly ip: string }[] = store.get('pods', namespace, pod)?.status?.podIPs ?? [];
    const found = ips.find(({ ip }) => familyOf(ip) === family);
    if (found === undefined) throw new Error(`pod ${namespace}/${pod} has no ${family} address`);
    return found.ip;
  });

/** @throws where there is no such pod, or it has no address of that family. */
export const filled = (ask: ObservationAsk, store: Store, namespace: string): ObservationAsk => {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return filledText(value, store, namespace);
    if (Array.isArray(value)) return value.map(fill);
    return typeof value === 'object' && value !== null ? fillAll(value) : value;
  };
  const fillAll = (value: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fill(entry)]));
  return {
    probe: ask.probe,
    question: fillAll(ask.question),
    expect: { ...fillAll(ask.expect), kind: ask.expect.kind },
  };
};
