/** Flows in words: where they go. */
import { counted, listed, unique } from '../wording.ts';
import type { JudgedFlow } from './judged.ts';

const WAYS: Readonly<Record<Exclude<JudgedFlow['about'], 'destination'>, string>> = {
  nameserver: 'DNS',
  'kubernetes-api': 'the Kubernetes API',
  internet: 'the internet',
};

const FEW = 2;

/** `DNS and pod/web-0 (10.244.0.21) on 8080/TCP`; of more than two pods, how many there are, and on which ports. */
export const waysText = (flows: readonly JudgedFlow[]): string => {
  const ends = flows.filter(({ about }) => about === 'destination');
  const ways = unique(flows.flatMap(({ about }) => (about === 'destination' ? [] : [WAYS[about]])));
  if (ends.length <= FEW) return listed([...ways, ...ends.map(({ to }) => to)]);
  const ports = unique(ends.map(({ flow }) => `${flow.port}/${flow.protocol}`));
  const addresses = unique(
    ends.map(({ flow, to }) => ('address' in flow.destination ? (flow.destination.address ?? to) : to)),
  );
  return listed([...ways, `${counted(addresses.length, 'endpoint')} on ${listed(ports)}`]);
};
