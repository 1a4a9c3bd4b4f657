/** The probes by which whoever judges the way to a destination reads it. */
import type { Seen } from '../model/rule.ts';
import { NAME_PROBES } from './nameservers.ts';

export const WAY_PROBES = [...NAME_PROBES, 'http-get', 'icmp-echo', 'udp-exchange', 'dns-query'] as const;
export type WaySeen = Seen<(typeof WAY_PROBES)[number]>;
