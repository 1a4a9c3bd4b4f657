/** How a destination is called. */
import { hostnameAsked } from '../../destination/endpoints.ts';
import type { Destination } from '../../model/destination.ts';

/** `svc/web` in the pod's own words, `svc/web.shop`, `pod/web-0`, `example.com`, `10.0.0.7`; without its port. */
export const nameOf = ({ kind, name, namespace, host, address, url }: Destination): string => {
  switch (kind) {
    case 'service':
      // One pod of a headless Service is not the Service.
      if (hostnameAsked({ host }) !== undefined) return host ?? '';
      return `svc/${name ?? ''}.${namespace ?? ''}`;
    case 'pod':
      return `pod/${name ?? address ?? ''}`;
    case 'ingress':
      return `ingress/${name ?? ''}`;
    case 'host':
    case 'address':
      return url ?? host ?? address ?? '';
  }
};
