#!/bin/sh
# The node's links, and those of "the internet" behind it; family-up.sh gives them addresses. Said again, it mends what a fault
# has changed (reset). Argument: the bridge's hardware address.
set -eu
mac=$1
proc() { [ ! -e "$1" ] || echo "$2" >"$1"; }
# No address of this node is ever a duplicate, and an address that is still being checked answers nobody.
quiet6() {
  proc "/proc/sys/net/ipv6/conf/$1/accept_dad" 0
  proc "/proc/sys/net/ipv6/conf/$1/accept_ra" 0
}

[ -e /run/netns/internet ] || {
  ip netns add internet
  # Without snooping: neighbour discovery is multicast, and must not wait for a querier.
  ip -batch - <<END
link add cni0 type bridge mcast_snooping 0
link add uplink type veth peer name eth0 netns internet
END
}
quiet6 cni0
quiet6 uplink
ip -batch - <<END
link set lo up
link set cni0 address $mac up mtu 1500
link set uplink up mtu 1500
END
for dev in cni0 uplink lo; do tc qdisc del dev "$dev" root 2>/dev/null || true; done
proc /proc/sys/net/bridge/bridge-nf-call-iptables 0
proc /proc/sys/net/bridge/bridge-nf-call-ip6tables 0

nsenter --net=/run/netns/internet sh -eu -c '
  nft flush ruleset
  tc qdisc del dev eth0 root 2>/dev/null || true
  for file in accept_dad accept_ra; do
    [ ! -e "/proc/sys/net/ipv6/conf/eth0/$file" ] || echo 0 >"/proc/sys/net/ipv6/conf/eth0/$file"
  done
  ip -batch - <<END
link set lo up
link set eth0 up mtu 1500
END
'
