import * as z from 'zod';
import { defineProbe } from '../../src/model/probe.ts';
import { parseResolvConf } from './parse.ts';

const question = z.object({});

export interface ResolvConfOutcome {
  readonly kind: 'resolv-conf';
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** As written, defaults filled in from resolv.conf(5): ndots 1, timeout 5 s, attempts 2. */
  readonly options: { readonly ndots: number; readonly timeout: number; readonly attempts: number };
}

export default defineProbe<'resolv-conf', z.infer<typeof question>, ResolvConfOutcome>({
  id: 'resolv-conf',
  layer: 'name',
  tool: 'cat',
  summary: 'nameservers, search domains and options that the pod resolves with',
  question,
  command: () => ['cat', '/etc/resolv.conf'],
  timeLimitSeconds: () => 3,
  parse: parseResolvConf,
});
