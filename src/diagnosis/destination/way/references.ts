/** What a destination outside is compared with: other ports of its own host, other hosts of the world, and the cluster's API. */
import type { Destination } from '../../../model/destination.ts';
import { type ConnectResult, connectTo, type ReachSeen } from '../../reach.ts';
import { isPublicAddress } from './public.ts';

export interface References {
  readonly own: ConnectResult;
  readonly world: ConnectResult;
  readonly cluster: ConnectResult;
}

export const referencesOf = (seen: ReachSeen, { host, address }: Destination): References => {
  const self = host ?? address;
  const among = (wanted: (to: string) => boolean): ConnectResult =>
    connectTo(
      { ...seen, 'tcp-connect': seen['tcp-connect'].filter(({ question }) => wanted(question.host)) },
      'destination-reference',
    );
  return {
    own: among((to) => to === self),
    world: among((to) => to !== self && isPublicAddress(to)),
    cluster: among((to) => to !== self && !isPublicAddress(to)),
  };
};
