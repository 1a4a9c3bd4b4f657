/** Where a pod finds its own cluster; kubectl falls back to it too. */
import { existsSync, readFileSync } from 'node:fs';
import type { Kubeconfig } from './schema.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** undefined: this is no pod, or one without a service account's token. */
export const inCluster = (env: Readonly<Record<string, string | undefined>>): Kubeconfig | undefined => {
  const host = env.KUBERNETES_SERVICE_HOST;
  if (host === undefined || !existsSync(`${SERVICE_ACCOUNT}/token`)) return undefined;
  const authority = host.includes(':') ? `[${host}]` : host;
  const name = 'in-cluster';
  const namespace = readFileSync(`${SERVICE_ACCOUNT}/namespace`, 'utf8').trim();
  return {
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    clusters: [
      {
        name,
        cluster: {
          server: `https://${authority}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
          'certificate-authority': `${SERVICE_ACCOUNT}/ca.crt`,
        },
      },
    ],
    users: [{ name, user: { tokenFile: `${SERVICE_ACCOUNT}/token` } }],
  };
};
