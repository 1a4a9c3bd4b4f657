#!/bin/sh
# A pod's network namespace: eth0 on the bridge, everything but the gateway routed through it (as kindnet's ptp plugin does),
# so that pod-to-pod packets pass the node's rules whether or not br_netfilter is loaded.
# Arguments: namespace, host-side interface, MAC, MTU, ping_group_range, then for each family address, prefix length, range, gateway.
set -eu
namespace=$1 host=$2 mac=$3 mtu=$4
shift 4
ip netns add "$namespace"
ip -batch - <<END
link add $host mtu $mtu type veth peer name eth0 address $mac mtu $mtu netns $namespace
link set $host master cni0 up
END
nsenter --net="/run/netns/$namespace" sh -eu -c '
  ping=$1
  shift
  case "$*" in
  *:*)
    cd /proc/sys/net/ipv6/conf
    echo 0 >all/disable_ipv6
    # An address that is still being checked for a duplicate can send nothing; nobody advertises routers here; and the gateway, on
    # one link with all pods, redirects each to the other: answers would come past the node, with the wrong sender.
    for file in accept_dad accept_ra accept_redirects; do echo 0 >"eth0/$file"; done
    ;;
  esac
  {
    echo "link set lo up"
    echo "link set eth0 up"
    while [ $# -gt 0 ]; do
      address=$1 length=$2 range=$3 gateway=$4
      shift 4
      case $address in
      *:*) flags=nodad whole=::/0 ;;
      *) flags="brd +" whole=0.0.0.0/0 ;;
      esac
      echo "address add $address/$length $flags dev eth0 noprefixroute"
      echo "route add $gateway dev eth0 scope link"
      echo "route add $range via $gateway src $address"
      echo "route add $whole via $gateway"
    done
  } | ip -batch -
  echo "$ping" >/proc/sys/net/ipv4/ping_group_range
  [ ! -e /proc/sys/net/ipv4/ip_unprivileged_port_start ] || echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
' pod-up "$@"
