/** Every finding code: the list behind `codes` and `explain`. */
import type { Code } from './code.ts';
import { networkInterface } from './interface.ts';
import { name } from './name.ts';
import { policy } from './policy.ts';
import { port } from './port.ts';
import { protocol } from './protocol.ts';
import { service } from './service.ts';
import { target } from './target.ts';
import { tlsCodes } from './tls.ts';
import { wayIn } from './way-in.ts';
import { wayOut } from './way-out.ts';

export type { Code, Page } from './code.ts';

export const CODES: readonly Code[] = [
  ...target,
  ...networkInterface,
  ...name,
  ...service,
  ...policy,
  ...port,
  ...tlsCodes,
  ...protocol,
  ...wayOut,
  ...wayIn,
];

/** By code or id, in any case: `NC3101`, `nc3101`, `dns-service-without-endpoints`. */
export const findCode = (wanted: string): Code | undefined => {
  const key = wanted.toLowerCase();
  return CODES.find(({ code, id }) => code.toLowerCase() === key || id === key);
};

const GATES: ReadonlySet<string> = new Set(CODES.filter(({ gate }) => gate === true).map(({ code }) => code));

/** Whether a finding only says that netcheck could not look. */
export const isGate = (code: string): boolean => GATES.has(code);
