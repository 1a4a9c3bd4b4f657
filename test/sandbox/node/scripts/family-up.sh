#!/bin/sh
# One address family of the node's network and of the internet's. Said again, it mends what a fault has changed (reset).
# Arguments: node address, internet's near address, prefix length of both, bridge address with its length, pod range, service
# range, then the addresses that the internet owns.
set -eu
node=$1 gateway=$2 length=$3 bridge=$4 pods=$5 services=$6
shift 6
proc() { [ ! -e "$1" ] || echo "$2" >"$1"; }

case $node in
*:*)
  [ -d /proc/sys/net/ipv6 ] || {
    echo "the kernel of this machine has no IPv6" >&2
    exit 1
  }
  family=ip6 version=-6 whole=::/0 one=128 flags=nodad
  proc /proc/sys/net/ipv6/conf/all/disable_ipv6 0
  proc /proc/sys/net/ipv6/conf/all/forwarding 1
  # As most kernels have it; newer ones tell an ICMP error ten times as often.
  proc /proc/sys/net/ipv6/icmp/ratelimit 1000
  ;;
*)
  family=ip version=-4 whole=0.0.0.0/0 one=32 flags=
  proc /proc/sys/net/ipv4/ip_forward 1
  proc /proc/sys/net/ipv4/conf/all/send_redirects 0
  proc /proc/sys/net/ipv4/conf/cni0/send_redirects 0
  # How many ICMP errors a peer gets: six at once, then one a second, as on every node; a reject beyond that is silence.
  proc /proc/sys/net/ipv4/icmp_ratelimit 1000
  proc /proc/sys/net/ipv4/conf/all/rp_filter 0
  proc /proc/sys/net/ipv4/conf/default/rp_filter 0
  ;;
esac

# Older kernels list an entry of their own that cannot be flushed.
for type in blackhole unreachable prohibit; do ip "$version" route flush type "$type" 2>/dev/null || true; done
ip -batch - <<END
address replace $bridge dev cni0 $flags
address replace $node/$length dev uplink $flags
route replace $whole via $gateway dev uplink
END

# What the CNI plugin sets up on a node: packets of pods that leave the cluster carry the node's address.
nft -f - <<END
table $family cni
delete table $family cni
table $family cni {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    $family saddr $pods $family daddr != { $pods, $services } oifname "uplink" masquerade
  }
}
END

# No forwarding there: a packet for an address that nobody owns is dropped without a word.
nsenter --net=/run/netns/internet sh -eu -c '
  family=$1 gateway=$2 length=$3 one=$4 flags=$5
  shift 5
  case $family in
  ip6) [ ! -e /proc/sys/net/ipv6/conf/all/disable_ipv6 ] || echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6 ;;
  ip) echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter ;;
  esac
  {
    echo "address replace $gateway/$length dev eth0 $flags"
    for address in "$@"; do echo "address replace $address/$one dev lo"; done
    # IPv6 answers "no route" for what it cannot place, forwarding or not; a black hole does not.
    [ "$family" = ip ] || echo "route replace blackhole ::/0"
  } | ip -batch -
' family-up "$family" "$gateway" "$length" "$one" "$flags" "$@"
