/** `kubectl apply --server-side`, over HTTPS as a user of the cluster does it. */
import { request } from 'node:https';
import type { KeyAndCertificate } from '../api/certificates.ts';
import { resourceOfKind } from '../api/resources.ts';
import type { KubeObject } from '../contract.ts';

export interface ApplyServer {
  readonly port: number;
  readonly caPem: string;
  readonly admin: KeyAndCertificate;
}

const pathOf = (object: KubeObject): string => {
  const resource = resourceOfKind(object.apiVersion, object.kind);
  if (resource === undefined) throw new Error(`the sandbox has no ${object.apiVersion} ${object.kind}`);
  const root = resource.group === '' ? '/api/v1' : `/apis/${resource.group}/${resource.version}`;
  const scope = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : '';
  return `${root}${scope}/${resource.plural}/${object.metadata.name}`;
};

/** Throws with the API server's message. */
export const applyObject = (server: ApplyServer, object: KubeObject): Promise<void> =>
  new Promise((resolve, reject) => {
    const path = pathOf(object);
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path: `${path}?fieldManager=sandbox&force=true`,
        method: 'PATCH',
        ca: server.caPem,
        key: server.admin.key,
        cert: server.admin.certificate,
        headers: { 'Content-Type': 'application/apply-patch+yaml' },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`cannot apply ${path}: ${response.statusCode} ${body}`));
        });
      },
    );
    sent.on('error', reject);
    // JSON is YAML.
    sent.end(JSON.stringify(object));
  });
