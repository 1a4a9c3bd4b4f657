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
  },
  {
    ...base,
    severity: 'error',
    code: 'NC2003',
    id: 'path-mtu-too-small',
    title: 'large packets do not pass',
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
