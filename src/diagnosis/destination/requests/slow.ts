/** Which phase of a request took long: name, connection, TLS handshake, or the wait for the first byte of the answer. */
import type { OutcomeOf } from '../../../../probes/index.ts';

export type Phase = 'dns' | 'connect' | 'tls' | 'first byte';

/**
 * Milliseconds from which it is told. A lost packet of a connection or handshake is sent again after one second; an app that takes two
 * to begin its answer is one that people wait for.
 */
const LIMITS: Readonly<Record<Phase, number>> = { dns: 1000, connect: 1000, tls: 1000, 'first byte': 2000 };

export interface Took {
  readonly phase: Phase;
  readonly ms: number;
  readonly limitMs: number;
  readonly slow: boolean;
}

/** curl counts each from the beginning; of a request that was answered. */
export const phasesOf = (outcome: OutcomeOf<'http-get'>): readonly Took[] => {
  if (outcome.kind !== 'responded') return [];
  const { name, connect, tls, firstByte } = outcome.phases;
  const took: Took[] = [];
  let before = 0;
  for (const [phase, until] of [
    ['dns', name],
    ['connect', connect],
    ['tls', tls],
    ['first byte', firstByte],
  ] as const) {
    if (until === undefined) continue;
    const ms = Math.max(0, until - before);
    took.push({ phase, ms, limitMs: LIMITS[phase], slow: ms >= LIMITS[phase] });
    before = Math.max(before, until);
  }
  return took;
};

/** `3.0 s`, `20 ms` */
export const took = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;

/** Where the time went by. */
export const WHERE: Readonly<Record<Phase, string>> = {
  dns: 'the lookup of its name',
  connect: 'the connection',
  tls: 'the TLS handshake',
  'first byte': 'the server, before the first byte of its answer',
};
export const HINTS: Readonly<Record<Phase, string>> = {
  dns: 'an app that resolves the name for each request waits as long, each time',
  connect: 'steps of 1 and 3 seconds hint at a packet that was lost and sent again',
  tls: 'steps of 1 second hint at lost packets; a busy server, or one without its processor time, is slow here too',
  'first byte': 'the connection stood, so the time went by in the app, or in what it waits for itself',
};
