/** Lookups of the recorded world, and how one is put. */
import { nameservers, type Scenario, SEARCH } from './scenario.ts';

export const dns = (
  name: string,
  host: string,
  truth: Scenario['truth'],
  resolvConf = nameservers(53),
  busybox = true,
): Scenario => ({
  name,
  probe: 'dns-lookup',
  question: { name: host },
  truth,
  resolvConf,
  busybox,
});

/**
 * What the kernel's rationing of ICMP errors does to two tries of one lookup: one is refused, the other hears nothing. Made on the
 * pod's way out, so that it is certain which.
 */
export const rationed = (name: string, first: 'drop' | 'reject'): Scenario => ({
  ...dns(name, WWW, { k: 'conn_refused' }, nameservers(57), false),
  before: `nft -f - <<'NFT'
table inet ration {
  chain out {
    type filter hook output priority 0;
    ip daddr 203.0.113.57 udp dport 53 limit rate 1/hour burst 1 packets ${first}
    ip daddr 203.0.113.57 udp dport 53 ${first === 'drop' ? 'reject' : 'drop'}
  }
}
NFT`,
  after: 'nft delete table inet ration',
});

export const WWW = 'www.example.com.';
export const BOTH = { ipv4: 'answered', ipv6: 'answered' };
export const ONLY_FOUR = { ipv4: 'answered', ipv6: 'no-data' };
export const NEITHER = { ipv4: 'no-data', ipv6: 'no-data' };

export const CLUSTER = nameservers(58) + SEARCH;
