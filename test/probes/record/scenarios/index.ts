/** Everything that is recorded. */
import { dnsLookup } from './dns-lookup.ts';
import { httpGet } from './http-get.ts';
import { icmpEcho } from './icmp-echo.ts';
import { readers } from './readers.ts';
import type { Scenario } from './scenario.ts';
import { tcpConnect } from './tcp-connect.ts';

export const scenarios: readonly Scenario[] = [
  ...dnsLookup,
  ...tcpConnect,
  ...httpGet,
  ...icmpEcho,
  ...readers,
];
