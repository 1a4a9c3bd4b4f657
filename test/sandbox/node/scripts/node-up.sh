#!/bin/sh
# The node's own network, and "the internet" behind it. Said again, it mends what a fault has changed (reset).
# Arguments: node address, internet's near address, prefix length of both, bridge address, pod range, service range,
# then the addresses that the internet owns.
set -eu
node=$1 gateway=$2 length=$3 bridge=$4 pods=$5 services=$6
shift 6
proc() { [ ! -e "$1" ] || echo "$2" >"$1"; }

[ -e /run/netns/internet ] || {
  ip netns add internet
  ip -batch - <<END
link add cni0 type bridge
link add uplink type veth peer name eth0 netns internet
END
}
ip -batch - <<END
link set lo up
address replace $bridge dev cni0
link set cni0 address 0a:58:0a:f4:00:01 up mtu 1500
address replace $node/$length dev uplink
link set uplink up mtu 1500
route replace default via $gateway dev uplink
END
ip route flush type blackhole
ip route flush type unreachable
ip route flush type prohibit
for dev in cni0 uplink lo; do tc qdisc del dev "$dev" root 2>/dev/null || true; done
proc /proc/sys/net/ipv4/ip_forward 1
proc /proc/sys/net/ipv4/conf/all/send_redirects 0
proc /proc/sys/net/ipv4/conf/cni0/send_redirects 0
# How many ICMP errors a peer gets: six at once, then one a second, as on every node; a reject beyond that is silence.
proc /proc/sys/net/ipv4/icmp_ratelimit 1000
proc /proc/sys/net/ipv4/conf/all/rp_filter 0
proc /proc/sys/net/ipv4/conf/default/rp_filter 0
proc /proc/sys/net/bridge/bridge-nf-call-iptables 0
proc /proc/sys/net/bridge/bridge-nf-call-ip6tables 0

# What the CNI plugin sets up on a node: packets of pods that leave the cluster carry the node's address.
nft -f - <<END
table ip cni
delete table ip cni
table ip cni {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr $pods ip daddr != { $pods, $services } oifname "uplink" masquerade
  }
}
END

# No forwarding there: a packet for an address that nobody owns is dropped without a word.
nsenter --net=/run/netns/internet sh -eu -c '
  gateway=$1 length=$2
  shift 2
  nft flush ruleset
  tc qdisc del dev eth0 root 2>/dev/null || true
  {
    echo "link set lo up"
    echo "address replace $gateway/$length dev eth0"
    echo "link set eth0 up mtu 1500"
    for address in "$@"; do echo "address replace $address/32 dev lo"; done
  } | ip -batch -
  echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
' internet-up "$gateway" "$length" "$@"
