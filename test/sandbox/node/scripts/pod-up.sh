#!/bin/sh
# A pod's network namespace: eth0 on the bridge, everything but the gateway routed through it (as kindnet's ptp plugin does),
# so that pod-to-pod packets pass the node's rules whether or not br_netfilter is loaded.
# Arguments: namespace, host-side interface, MAC, address, prefix length, range, gateway, MTU, ping_group_range.
set -eu
namespace=$1 host=$2 mac=$3 address=$4 length=$5 range=$6 gateway=$7 mtu=$8 ping=$9
ip netns add "$namespace"
ip -batch - <<END
link add $host mtu $mtu type veth peer name eth0 address $mac mtu $mtu netns $namespace
link set $host master cni0 up
END
nsenter --net="/run/netns/$namespace" sh -eu -c '
  address=$1 length=$2 range=$3 gateway=$4 ping=$5
  ip -batch - <<END
link set lo up
address add $address/$length brd + dev eth0 noprefixroute
link set eth0 up
route add $gateway dev eth0 scope link
route add $range via $gateway src $address
route add default via $gateway
END
  echo "$ping" >/proc/sys/net/ipv4/ping_group_range
  [ ! -e /proc/sys/net/ipv4/ip_unprivileged_port_start ] || echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
' pod-up "$address" "$length" "$range" "$gateway" "$ping"
