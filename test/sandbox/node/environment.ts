/** The variables that a container starts with. Source: kubelet/kubelet_pods.go, envvars.go. */
import type { KubeObject } from '../contract.ts';
import { joinHostPort } from '../families.ts';
import type { Plans } from './addresses.ts';
import { hostname } from './pod-files.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const serviceVariables = (service: KubeObject): Readonly<Record<string, string>> => {
  const host: string | undefined = service.spec.clusterIP;
  const port: number | undefined = service.spec.ports?.[0]?.port;
  if (host === undefined || host === 'None' || port === undefined) return {};
  const prefix = service.metadata.name.toUpperCase().replace(/-/g, '_');
  return { [`${prefix}_SERVICE_HOST`]: host, [`${prefix}_SERVICE_PORT`]: String(port) };
};

/** `services`: those of the pod's namespace. */
export const environment = (
  pod: KubeObject,
  // biome-ignore lint/suspicious/noExplicitAny: a part of a KubeObject
  container: any,
  services: readonly KubeObject[],
  [first]: Plans,
): Readonly<Record<string, string>> => {
  const linked = pod.spec.enableServiceLinks === false ? [] : services;
  const given: readonly { name: string; value?: string }[] = container.env ?? [];
  return {
    PATH,
    HOSTNAME: hostname(pod),
    HOME: '/root',
    ...Object.assign({}, ...linked.map(serviceVariables)),
    KUBERNETES_SERVICE_HOST: first.apiService,
    KUBERNETES_SERVICE_PORT: '443',
    KUBERNETES_SERVICE_PORT_HTTPS: '443',
    KUBERNETES_PORT: `tcp://${joinHostPort(first.apiService, 443)}`,
    ...Object.fromEntries(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  };
};
