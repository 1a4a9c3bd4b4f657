/** Which Service a host name may be, as the cluster's DNS and the search list of a pod read it. Pure. */

export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
  /** Of one pod of it, below the Service's own name; headless Services have such. */
  readonly hostname?: string;
  /** No name of the world looks so: it is meant as a Service's, whether there is one or not. */
  readonly sure: boolean;
}

/** Of most clusters; in another's a Service has to be there to be meant. */
const CLUSTER_DOMAIN = 'cluster.local';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** `web`, `web.shop`, `web.shop.svc`, `web.shop.svc.cluster.local`, and a pod's name before that of a headless Service. */
export const serviceNameOf = (host: string, ownNamespace: string): ServiceName | undefined => {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  const svc = labels.indexOf('svc');
  const [first = '', second = '', third = ''] = labels;
  const domain = labels.slice(svc + 1).join('.');
  const sure = domain === '' || domain === CLUSTER_DOMAIN;
  if (labels.length === 1) return { name: first, namespace: ownNamespace, sure: !host.endsWith('.') };
  if (svc === 2) return { name: first, namespace: second, sure };
  if (svc === 3) return { name: second, namespace: third, hostname: first, sure };
  return labels.length === 2 ? { name: first, namespace: second, sure: false } : undefined;
};
