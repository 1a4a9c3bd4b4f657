import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { parseResolvConf } from './parse.ts';

const question = z.object({});

export interface ResolvConfOutcome {
  readonly kind: 'resolv-conf';
  /** Those that are asked: the first three that are addresses. None means 127.0.0.1. */
  readonly nameservers: readonly string[];
  /** Written as nameservers and passed over by every resolver: no address, or one after the third. */
  readonly ignoredNameservers?: readonly string[] | undefined;
  readonly search: readonly string[];
  /** As written, defaults filled in from resolv.conf(5): ndots 1, timeout 5 s, attempts 2. */
  readonly options: { readonly ndots: number; readonly timeout: number; readonly attempts: number };
  /** The other options as written, each once: `use-vc`, `rotate`, `single-request`, `trust-ad`. undefined: none. */
  readonly otherOptions?: readonly string[] | undefined;
  /** There is no such file: resolvers go on with the defaults, and ask 127.0.0.1. */
  readonly missing?: boolean | undefined;
}

export default defineProbe<'resolv-conf', z.infer<typeof question>, ResolvConfOutcome>({
  id: 'resolv-conf',
  layer: 'name',
  tool: 'cat',
  summary: 'nameservers, search domains and options that the pod resolves with',
  question,
  command: () => ['cat', '/etc/resolv.conf'],
  timeLimitSeconds: () => 3,
  usualMs: 5,
  parse: parseResolvConf,
});
