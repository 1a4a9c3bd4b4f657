/**
 * Ways through the world for what concerns routes: a second network behind the router, whose link may be narrower, and addresses that
 * each fail in one way. Both scripts are run by world.ts.
 */

/** 198.51.120.0/24 and 2001:db8:120::/64 lie behind `far0`; what is sent to 198.51.121.1 goes to and fro until it is used up. */
export const WORLD_PATHS = `
mkdir -p /run/netns; mount -t tmpfs tmpfs /run/netns
ip netns add far
# No second of doubt about each address.
sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
ip netns exec far sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
ip link add far0 type veth peer name near0 netns far
ip address add 10.78.0.1/24 dev far0; ip address add 2001:db8:78::1/64 dev far0 nodad; ip link set far0 up
ip -n far link set lo up
ip -n far address add 10.78.0.2/24 dev near0; ip -n far address add 2001:db8:78::2/64 dev near0 nodad; ip -n far link set near0 up
ip netns exec far sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.near0.send_redirects=0
ip -n far route add default via 10.78.0.1; ip -n far -6 route add default via 2001:db8:78::1
ip route add 198.51.120.0/23 via 10.78.0.2; ip -6 route add 2001:db8:120::/47 via 2001:db8:78::2
ip -n far address add 198.51.120.1/32 dev lo; ip -n far address add 2001:db8:120::1/128 dev lo
for host in 130 131 132 133 134 135 136 137 138 139 140 141 142; do ip address add 198.51.$host.1/32 dev lo; done
for host in 130 131 132 133 134; do ip address add 2001:db8:$host::1/128 dev lo; done
# A gateway that answers ARP and no pings.
ip address add 10.77.0.3/24 dev up0
nft -f - <<'NFT'
table inet paths {
  chain in {
    type filter hook prerouting priority -210;
    ip daddr 198.51.130.1 icmp type echo-request icmp sequence 2 reject with icmp host-unreachable
    ip daddr 198.51.131.1 icmp type echo-request icmp sequence 2 reject with icmp net-prohibited
    ip daddr 198.51.131.1 icmp type echo-request icmp sequence 3 drop
    ip daddr 198.51.132.1 icmp type echo-request icmp sequence 1 reject with icmp net-unreachable
    ip daddr 198.51.132.1 icmp type echo-request icmp sequence 2 reject with icmp admin-prohibited
    ip daddr 198.51.132.1 icmp type echo-request icmp sequence 3 reject with icmp prot-unreachable
    ip daddr 198.51.133.1 meta l4proto icmp reject with icmp net-prohibited
    ip daddr 198.51.134.1 meta l4proto { icmp, udp, tcp } reject with icmp prot-unreachable
    ip daddr 198.51.135.1 meta l4proto { icmp, udp, tcp } reject with icmp host-unreachable
    ip daddr 198.51.137.1 meta length > 1400 drop
    ip daddr 198.51.138.1 meta length > 700 drop
    ip daddr 198.51.139.1 meta length > 1000 reject with icmp admin-prohibited
    ip daddr 198.51.140.1 meta length 100-65535 drop
    ip6 daddr 2001:db8:131::1 icmpv6 type echo-request icmpv6 sequence 2 reject with icmpv6 addr-unreachable
    ip6 daddr 2001:db8:132::1 meta l4proto { ipv6-icmp, udp, tcp } reject with icmpv6 addr-unreachable
    ip6 daddr 2001:db8:133::1 meta l4proto { ipv6-icmp, udp, tcp } reject with icmpv6 port-unreachable
    ip6 daddr 2001:db8:134::1 meta length > 1350 drop
    ip daddr 10.77.0.3 meta l4proto icmp drop
  }
}
table ip paths {
  chain out {
    type filter hook output priority 0;
    ip saddr 198.51.136.1 icmp type echo-reply dup to 10.77.0.2 device "up0"
  }
}
table ip6 paths {
  chain out {
    type filter hook output priority 0;
    ip6 saddr 2001:db8:130::1 icmpv6 type echo-reply dup to 2001:db8:77::2 device "up0"
  }
}
NFT
`;

/** What was learnt of narrow paths is not to last into the next recording. */
export const FORGET_PATHS = 'ip route flush cache; ip -6 route flush cache';
