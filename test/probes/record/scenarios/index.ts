/** Everything that is recorded. */
import { dnsLookup } from './dns-lookup.ts';
import { dnsQuery } from './dns-query.ts';
import { gateways } from './gateway.ts';
import { httpGet } from './http-get.ts';
import { icmpEcho } from './icmp-echo.ts';
import { networkInterface } from './interface.ts';
import { listeners } from './listeners.ts';
import { pathMtus } from './path-mtu.ts';
import { resolvConf } from './resolv-conf.ts';
import type { Scenario } from './scenario.ts';
import { tcpConnect } from './tcp-connect.ts';
import { toolVersions } from './tool-versions.ts';
import { udpExchange } from './udp-exchange.ts';

export const scenarios: readonly Scenario[] = [
  ...dnsLookup,
  ...dnsQuery,
  ...tcpConnect,
  ...udpExchange,
  ...httpGet,
  ...icmpEcho,
  ...gateways,
  ...pathMtus,
  ...networkInterface,
  ...resolvConf,
  ...listeners,
  ...toolVersions,
];
