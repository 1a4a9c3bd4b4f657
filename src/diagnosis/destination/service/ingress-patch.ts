/** The command that leads an Ingress to another Service, or to another port of it, exact to the letter. */
import type { Ingress } from '../../../model/kubernetes.ts';
import { inCommand, kubectl } from '../../wording.ts';

/** Names of Services (RFC 1035): nothing that a shell reads within single quotes. */
const SERVICE_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** By place in the object, and only if the same Service still stands there. undefined where a name is not plain. */
export const patchBackend = (
  { metadata: { name, namespace = 'default' } }: Ingress,
  { pointer, service }: { readonly pointer: string; readonly service: { readonly name: string } },
  change: { readonly name: string } | { readonly port: { readonly number: number } },
): string | undefined => {
  const names = 'name' in change ? [service.name, change.name] : [service.name];
  if (!names.every((one) => SERVICE_NAME.test(one))) return undefined;
  const patch = [
    { op: 'test', path: `${pointer}/name`, value: service.name },
    'name' in change
      ? { op: 'replace', path: `${pointer}/name`, value: change.name }
      : { op: 'replace', path: `${pointer}/port`, value: change.port },
  ];
  return kubectl(
    namespace,
    'patch',
    'ingress',
    inCommand(name, 'INGRESS'),
    '--type=json',
    '-p',
    `'${JSON.stringify(patch)}'`,
  );
};
