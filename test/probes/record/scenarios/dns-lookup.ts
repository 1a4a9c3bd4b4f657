import { answers, failures, halves } from './dns-lookup-answers.ts';
import { reverseLookups } from './dns-lookup-reverse.ts';
import { searchPath, severalServers } from './dns-lookup-servers.ts';
import { overTcp } from './dns-lookup-tcp.ts';
import type { Scenario } from './scenario.ts';

export const dnsLookup: readonly Scenario[] = [
  ...answers,
  ...failures,
  ...halves,
  ...severalServers,
  ...searchPath,
  ...overTcp,
  ...reverseLookups,
];
