/** What was found, and cannot be asked as it stands: no port, or no address, is known. */
import { destinationPorts } from '../../../destination/ports.ts';
import { UserError } from '../../../errors.ts';
import type { Destination } from '../../../model/destination.ts';
import type { DestinationEvidence, Located } from './located.ts';

/** Why no port is known, of what is there: a Service that is not is a finding, and so is one that lists no port of the name that was asked for. */
const whyNoPort = (
  { kind, port }: Destination,
  { destinationPods: pods, destinationService: service }: DestinationEvidence,
): string | undefined => {
  switch (kind) {
    case 'pod':
      if (pods.state !== 'known')
        return `the pod could not be read${port === undefined ? '' : `, so what its port ${port} is cannot be told`}`;
      return port === undefined ? 'the pod lists none' : `no container of the pod has a port named ${port}`;
    case 'address':
      return 'no pod and no Service of this address could be found';
    case 'service':
      if (service.state === 'absent' || (service.state === 'known' && port !== undefined)) return undefined;
      return service.state === 'known' ? 'the Service lists none' : 'the Service could not be read';
    case 'ingress':
    case 'host':
      return undefined;
  }
};

/** @throws UserError where there is no port to ask. */
export const withPort = (located: Located): Located => {
  const { destination, evidence } = located;
  const reason =
    destinationPorts(destination, evidence).length > 0 ? undefined : whyNoPort(destination, evidence);
  if (reason === undefined) return located;
  const { requested, address } = destination;
  throw new UserError({
    code: 'destination-without-port',
    message: `--to ${requested}: which port?`,
    reason,
    next: [
      `kubectl netcheck POD --to ${address?.includes(':') === true ? `[${address}]` : requested.replace(/:[^:/]*$/, '')}:8080`,
    ],
  });
};

/** A Pod that could not be read has no address that we could ask. @throws UserError */
export const withAddress = (located: Located): Located => {
  const { destination, evidence } = located;
  const { destinationPods: pods } = evidence;
  if (destination.kind !== 'pod' || destination.address !== undefined) return located;
  const ips = pods.state === 'known' ? (pods.value[0]?.status.podIP ?? '') : '';
  if (ips !== '') return located;
  const place = destination.namespace ?? '';
  throw new UserError({
    code: 'destination-without-address',
    message: `--to ${destination.requested}: the pod's address is not known`,
    reason:
      pods.state === 'forbidden'
        ? `these credentials lack the right to get pods in namespace ${place}`
        : pods.state === 'failed'
          ? pods.reason
          : 'the pod has none yet',
    next: [
      `kubectl -n ${place} get pod ${destination.name ?? ''} -o wide`,
      'kubectl netcheck POD --to IP:PORT',
    ],
  });
};
