/** What listens in the pod itself. */
import type { Observation } from '../../probes/index.ts';
import type { Seen } from '../model/rule.ts';
import { type Measured, measured } from './observed.ts';

type Socket = Measured<Extract<Observation, { probe: 'listeners' }>['outcome']>['sockets'][number];

/** As `ss` told it, else as /proc does; undefined: not read. */
export const socketsOf = (seen: Seen<'listeners'>): readonly Socket[] | undefined => {
  const read = seen.listeners.flatMap(({ question, outcome }) => {
    const list = measured(outcome);
    return list === undefined ? [] : [{ by: question.read, sockets: list.sockets }];
  });
  return (read.find(({ by }) => by === 'ss') ?? read[0])?.sockets;
};

/** `loopback`: only from within the pod. `none`: nothing listens there. */
export const scopeOf = (
  sockets: readonly Socket[],
  port: number,
  protocol: string,
): 'reachable' | 'loopback' | 'none' => {
  const own = sockets.filter((one) => one.port === port && one.protocol.toUpperCase() === protocol);
  if (own.length === 0) return 'none';
  return own.every(({ scope }) => scope === 'loopback') ? 'loopback' : 'reachable';
};
