/** kubeconfig files for the double. */
import { stringify } from 'yaml';
import type { KeyAndCertificate } from './certificates.ts';

export type Credentials = { readonly token: string } | KeyAndCertificate;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const kubeconfigText = (parts: {
  readonly server: string;
  readonly caPem: string;
  readonly credentials: Credentials;
  readonly namespace?: string | undefined;
}): string => {
  const { credentials } = parts;
  const user =
    'token' in credentials
      ? { token: credentials.token }
      : {
          'client-certificate-data': base64(credentials.certificate),
          'client-key-data': base64(credentials.key),
        };
  const name = 'sandbox';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      { name, cluster: { server: parts.server, 'certificate-authority-data': base64(parts.caPem) } },
    ],
    users: [{ name, user }],
    contexts: [
      {
        name,
        context: {
          cluster: name,
          user: name,
          ...(parts.namespace === undefined ? {} : { namespace: parts.namespace }),
        },
      },
    ],
  });
};
