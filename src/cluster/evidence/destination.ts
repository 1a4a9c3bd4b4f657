/** What `--to` named, as the cluster knows it: read before the plan is made, because the plan asks each endpoint by itself. */
import type { DestinationOption } from '../../model/options.ts';
import type { Client } from '../client.ts';
import { locateAddress, locateHost } from './destination/addresses.ts';
import { withAddress, withPort } from './destination/complaints.ts';
import type { Located } from './destination/located.ts';
import { locateIngress, locatePod, locateService } from './destination/objects.ts';

export { type DestinationEvidence, type Located, NO_DESTINATION } from './destination/located.ts';

const portPart = (port: number | string | undefined) => (port === undefined ? {} : { port });

/**
 * `ownNamespace`: the pod's, in which a bare name is looked up.
 * @throws UserError where a pod or an Ingress that was named is not there, or there is no port to ask. That a Service is not is a finding.
 */
export const locate = async (
  client: Client,
  option: DestinationOption,
  ownNamespace: string,
): Promise<Located> => withPort(withAddress(await locateRef(client, option, ownNamespace)));

const locateRef = (
  client: Client,
  { requested, ref }: DestinationOption,
  ownNamespace: string,
): Promise<Located> => {
  switch (ref.kind) {
    case 'service':
      return locateService(client, requested, ref, ownNamespace);
    case 'pod':
      return locatePod(client, requested, ref, ownNamespace);
    case 'ingress':
      return locateIngress(client, requested, ref, ownNamespace);
    case 'address':
      return locateAddress(client, requested, ref, ownNamespace);
    case 'host':
      return locateHost(client, { requested, ...portPart(ref.port) }, ref.host, ownNamespace);
    case 'url': {
      const host = new URL(ref.url).hostname.replace(/^\[|\]$/g, '');
      return /^[\d.]+$/.test(host) || host.includes(':')
        ? locateAddress(client, requested, { kind: 'address', address: host }, ownNamespace).then(
            withUrl(ref.url),
          )
        : locateHost(client, { requested, url: ref.url }, host, ownNamespace);
    }
  }
};

const withUrl =
  (url: string) =>
  ({ destination, evidence }: Located): Located => ({ destination: { ...destination, url }, evidence });
