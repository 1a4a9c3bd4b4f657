/** What a destination turned out to be, with what was read to tell so. */
import type { Destination } from '../../../model/destination.ts';
import { type Evidence, NO_EVIDENCE } from '../../../model/evidence.ts';
import { serviceSchema } from '../../../model/kubernetes.ts';
import type { Client } from '../../client.ts';
import { RESOURCES } from '../../paths.ts';
import { get, slicesOf } from '../ask.ts';

export type DestinationEvidence = Pick<
  Evidence,
  'destinationService' | 'destinationEndpointSlices' | 'destinationPods' | 'destinationIngress'
>;

export interface Located {
  readonly destination: Destination;
  readonly evidence: DestinationEvidence;
}

export const NO_DESTINATION: DestinationEvidence = {
  destinationService: NO_EVIDENCE.destinationService,
  destinationEndpointSlices: NO_EVIDENCE.destinationEndpointSlices,
  destinationPods: NO_EVIDENCE.destinationPods,
  destinationIngress: NO_EVIDENCE.destinationIngress,
};

/** A Service and its slices have one name: both are asked for at once. */
export const readService = async (client: Client, namespace: string, name: string) => {
  const [destinationService, destinationEndpointSlices] = await Promise.all([
    get(client, RESOURCES.services, namespace, name, serviceSchema),
    slicesOf(client, { namespace, name }),
  ]);
  return { ...NO_DESTINATION, destinationService, destinationEndpointSlices };
};
