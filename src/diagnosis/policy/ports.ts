/** Ports of a rule: number, range or name, each of one protocol, which is TCP where none is named. */
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { DEFAULT_PROTOCOL, type Flow, POLICED } from './flow.ts';
import { both, type Match, no, unknown, YES } from './match.ts';
import { surplusField } from './surplus.ts';

type EgressRule = NonNullable<NetworkPolicy['spec']['egress']>[number];
export type PolicyPort = NonNullable<EgressRule['ports']>[number];

/** What the flow asks for, and where names of ports are resolved. */
export type Asked = Pick<Flow, 'destination' | 'port' | 'protocol'>;

const FIELDS: readonly string[] = ['protocol', 'port', 'endPort'];
const LETTER = /[a-z]/i;

const whatIsInvalid = (wanted: PolicyPort): Match | undefined => {
  const surplus = surplusField(wanted, FIELDS);
  if (surplus !== undefined) return unknown(surplus);
  const { protocol, port, endPort } = wanted;
  const invalid = (field: string, value: string | number): Match =>
    unknown({ kind: 'invalid', field, value: String(value) });
  if (protocol !== undefined && !POLICED.includes(protocol)) return invalid('protocol', protocol);
  if (typeof port === 'string' && !LETTER.test(port)) return invalid('port name', port);
  if (endPort !== undefined && (typeof port !== 'number' || endPort < port))
    return invalid('endPort', endPort);
  return undefined;
};

/** Names are the destination pod's: one that it gives to several ports is taken differently by network plugins. */
const matchName = (name: string, protocol: string, { destination, port: has }: Asked): Match => {
  switch (destination.kind) {
    case 'outside':
      return no({ kind: 'port-name-outside', name });
    case 'unidentified':
      return unknown({ kind: 'unidentified', ip: destination.ip, why: destination.why });
    case 'pod': {
      if (destination.containerPorts === undefined) return unknown({ kind: 'port-names-not-known', name });
      const numbers = [
        ...new Set(
          destination.containerPorts
            .filter((port) => port.name === name && (port.protocol ?? DEFAULT_PROTOCOL) === protocol)
            .map((port) => port.containerPort),
        ),
      ];
      if (!numbers.includes(has)) return no({ kind: 'port-name', name, protocol, numbers, has });
      return numbers.length === 1 ? YES : unknown({ kind: 'port-name-ambiguous', name, numbers });
    }
  }
};

const matchNumber = (wanted: number, to: number | undefined, has: number): Match =>
  has >= wanted && has <= (to ?? wanted) ? YES : no({ kind: 'port', wanted, to, has });

const matchProtocol = (wanted: string | undefined, has: string): Match =>
  (wanted ?? DEFAULT_PROTOCOL) === has
    ? YES
    : no({ kind: 'protocol', wanted: wanted ?? DEFAULT_PROTOCOL, byDefault: wanted === undefined, has });

/** A port left out means all ports of its protocol. */
export const matchPort = (wanted: PolicyPort, asked: Asked): Match => {
  const invalid = whatIsInvalid(wanted);
  if (invalid !== undefined) return invalid;
  const { protocol, port, endPort } = wanted;
  const byPort =
    port === undefined
      ? YES
      : typeof port === 'number'
        ? matchNumber(port, endPort, asked.port)
        : matchName(port, protocol ?? DEFAULT_PROTOCOL, asked);
  return both(matchProtocol(protocol, asked.protocol), byPort);
};
