import type { Evidence } from '../model/evidence.ts';
import { inUrl } from './addresses.ts';
import type { Planned } from './planned.ts';

const HTTPS = 443;

/** Where pods reach it: the Service's ClusterIP, and where that may not be read, its name. */
export const apiAddress = ({
  apiService,
}: Pick<Evidence, 'apiService'>): { readonly host: string; readonly port: number } => {
  const service = apiService.state === 'known' ? apiService.value : undefined;
  return {
    host: service?.spec.clusterIP ?? 'kubernetes.default.svc',
    port: service?.spec.ports?.[0]?.port ?? HTTPS,
  };
};

/** The Service that every pod has: TCP and HTTPS of its ClusterIP. */
export const kubernetesApi = (evidence: Pick<Evidence, 'apiService'>): readonly Planned[] => {
  const { host, port } = apiAddress(evidence);
  return [
    {
      id: 'tcp-connect/kubernetes-api',
      probe: 'tcp-connect',
      purpose: 'kubernetes-api',
      question: { host, port },
    },
    {
      id: 'http-get/kubernetes-api',
      probe: 'http-get',
      purpose: 'kubernetes-api',
      // /version needs no rights on most clusters; 401 and 403 prove as much. Its CA is not what is asked about.
      question: { url: `https://${inUrl(host)}:${port}/version`, insecure: true },
    },
  ];
};
