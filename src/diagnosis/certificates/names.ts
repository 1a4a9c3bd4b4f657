/** Whether a certificate is for the host that was asked for (RFC 6125, RFC 9525): its subject alternative names alone count. */
import type { Destination } from '../../model/destination.ts';
import { readAddress } from '../policy/cidr.ts';
import type { Certificate } from './certificates.ts';

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** `*.` stands for one label, the first. */
const matches = (host: string, name: string): boolean => {
  const [wanted, given] = [plain(host), plain(name)];
  if (!given.startsWith('*.')) return wanted === given;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === given.slice(1);
};

const sameAddress = (one: string, other: string): boolean => {
  const [a, b] = [readAddress(one), readAddress(other)];
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);
};

export const isFor = (host: string, names: readonly string[]): boolean =>
  readAddress(host) === undefined
    ? names.some((name) => matches(host, name))
    : names.some((name) => sameAddress(name, host));

export interface Mismatch {
  /** Names that it has; undefined: curl did not tell. Empty: none, whatever its subject is. */
  readonly names: readonly string[] | undefined;
  /** Another name of the same Service, that every certificate has which was shown for it. */
  readonly instead: string | undefined;
}

/** The ways to write a Service's name, as an app may. */
const formsOf = ({ kind, name, namespace }: Destination): readonly string[] => {
  if (kind !== 'service' || name === undefined || namespace === undefined) return [];
  const long = `${name}.${namespace}`;
  return [`${long}.svc`, `${long}.svc.cluster.local`, long, name];
};

/** As many as the probe keeps of one certificate: there may be more. */
const MOST_NAMES = 100;

/** undefined: it is for that host, or nothing is known of its names. `same`: all that was shown for the same URL. */
export const mismatchOf = (
  { host, facts: { sans, verified }, refused }: Certificate,
  destination: Destination,
  same: readonly Certificate[],
): Mismatch | undefined => {
  const told = sans !== undefined && sans.length < MOST_NAMES && verified !== true;
  const wrong = refused === 'name-mismatch' || (told && !isFor(host, sans));
  if (!wrong) return undefined;
  const shown = [sans, ...same.map(({ facts }) => facts.sans)].filter((names) => names !== undefined);
  return {
    names: sans,
    instead:
      sans === undefined
        ? undefined
        : formsOf(destination).find((form) => shown.every((names) => isFor(form, names))),
  };
};

/**
 * An error where the host is the one that the user named. Of a Service or pod, netcheck itself chose how to write it: a warning where
 * another name of it would do, and of a pod, which has no name.
 */
export const mismatchSeverity = ({ instead }: Mismatch, { kind, url }: Destination): 'error' | 'warning' =>
  url === undefined && (kind === 'pod' || (kind === 'service' && instead !== undefined))
    ? 'warning'
    : 'error';
