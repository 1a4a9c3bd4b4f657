import type { Scenario } from './scenario.ts';

interface Question {
  readonly name: string;
  readonly type: string;
  readonly server?: string;
  readonly transport?: 'udp' | 'tcp';
}

export const query = (
  name: string,
  question: Question,
  truth: Scenario['truth'],
  resolvConf?: string,
): Scenario => ({
  name,
  probe: 'dns-query',
  question,
  truth,
  ...(resolvConf === undefined ? {} : { resolvConf }),
});

export const WWW = 'www.example.com.';
export const BIG = 'big.example.com.';
export const of = (host: number, type = 'A', name = WWW): Question => ({
  name,
  type,
  server: `203.0.113.${host}`,
});
export const overTcp = (host: number, name = WWW): Question => ({ ...of(host, 'A', name), transport: 'tcp' });
export const overUdp = (host: number, name = WWW): Question => ({ ...of(host, 'A', name), transport: 'udp' });
export const unnamed = (name: string, type = 'A'): Question => ({ name, type });

export const response = (rcode: string, data: readonly string[], has: object = {}): Scenario['truth'] => ({
  k: 'response',
  data,
  has: { rcode, ...has },
});
export const found = (...data: readonly string[]): Scenario['truth'] => response('NOERROR', data);
export const HOST = '203.0.113.10';

/** The flags of an answer, of which these are set. */
export const flags = (...set: readonly string[]): object =>
  Object.fromEntries(['aa', 'tc', 'rd', 'ra', 'ad'].map((flag) => [flag, set.includes(flag)]));
