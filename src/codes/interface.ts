import type { Code } from './code.ts';

const base = { layer: 'interface', role: 'symptom' } as const;

/** 2: interface and route. */
export const networkInterface: readonly Code[] = [
  {
    ...base,
    severity: 'error',
    code: 'NC2001',
    id: 'no-default-route',
    title: 'the pod has no default route',
    page: {
      meaning:
        'The main routing table of the pod has no default route in a family (IPv4, IPv6) that the pod has an address of, so packets to other networks, Services included, cannot leave. Where the other family has one and works, this is a warning.',
      confirm: ['ip route', 'ip -6 route', 'ip link'],
      mend: 'The network plugin sets routes when the pod starts: a new pod, and if it has none either, the configuration of the plugin.',
      looksAlike:
        'Two routes that together cover everything (0.0.0.0/1 and 128.0.0.0/1) do the work of a default route, and are no fault.',
    },
  },
  {
    ...base,
    severity: 'error',
    code: 'NC2002',
    id: 'gateway-silent',
    title: 'the default gateway and everything behind it are silent',
    page: {
      meaning:
        "The pod has a default route, its gateway answers no pings, and nothing that lies behind the gateway answers either: no nameserver, no connection. Where nobody answers ARP (IPv6: neighbour discovery) for the gateway's address, no packet can even be sent.",
      confirm: ['ip route', 'ip neigh', 'ping -c 3 GATEWAY', 'kubectl get pods -n kube-system -o wide'],
      mend: "The pod's end on its node: the network plugin there, its bridge or veth, the node's firewall. Other pods of the node tell whether it is the node; a new pod on another node tells whether it is the pod.",
      looksAlike:
        'A gateway that answers no pings while names or connections work is usual (Calico, clouds), and no fault. A NetworkPolicy that denies all egress may drop pings of the gateway too: that is told as NC3001 and NC6004.',
    },
  },
  {
    ...base,
    severity: 'error',
    code: 'NC2003',
    id: 'path-mtu-too-small',
    title: 'large packets do not pass',
    page: {
      meaning:
        'Small packets come back from a host outside, and packets as large as the pod may send do not, unfragmented. Where nobody tells the sender so, connections stand and then hang as soon as much is sent: a TLS handshake, an upload. Where a router does tell (ICMP "fragmentation needed"), TCP sends smaller packets by itself, and this is a warning.',
      confirm: [
        'ping -M do -s 1472 -c 3 1.1.1.1',
        'ping -M do -s 1372 -c 3 1.1.1.1',
        'ip link',
        'tracepath -n 1.1.1.1',
      ],
      mend: 'The MTU of the pods, in the configuration of the network plugin, has to be that of the nodes\' network, less what its tunnel takes (50 bytes for VXLAN, 60 or 80 for WireGuard). Where the narrow place lies outside, let ICMP "fragmentation needed" through, or have the router lower the MSS of TCP.',
      looksAlike:
        'Where small pings do not come back either, ICMP is filtered and nothing is known of sizes. A TLS handshake that hangs is NC7004, whatever makes it hang.',
    },
  },
  {
    ...base,
    severity: 'warning',
    code: 'NC2004',
    id: 'packet-loss',
    title: 'some pings are lost',
    page: {
      meaning:
        'Some echo requests came back and some did not. The sample is small, and hosts may limit how many they answer.',
      confirm: ['ping -c 100 -i 0.2 HOST'],
      mend: 'If a longer sample loses some too: the links and queues of the node, then the path.',
      looksAlike:
        'Where no ping at all comes back, ICMP is filtered or the host is unreachable; connections tell which.',
    },
  },
  {
    ...base,
    severity: 'warning',
    code: 'NC2005',
    id: 'latency-high',
    title: 'round trips are slow',
    page: {
      meaning: 'Echo replies take longer than is usual for the place.',
      confirm: ['ping -c 20 HOST', 'mtr -rwc 20 HOST'],
      mend: 'Find the hop where it begins; on the own node, look at its load.',
      looksAlike: 'Distance: another continent is 150 to 300 ms away.',
    },
  },
  {
    ...base,
    severity: 'error',
    code: 'NC2006',
    id: 'interface-down',
    title: 'the network interface of the pod is down, or has no address',
    page: {
      meaning:
        'No link of the pod, loopback aside, is both up and has an address, so no packet can leave. Silence of nameservers and targets follows from it.',
      confirm: ['ip link', 'ip address'],
      mend: 'The network plugin makes the interface when the pod starts: a new pod; if it comes up no better, the log of the plugin on that node.',
      looksAlike: 'A pod that never got a network at all does not start: NC1006.',
    },
  },
];
