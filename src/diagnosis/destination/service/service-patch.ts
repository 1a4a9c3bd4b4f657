/** Commands that mend a Service, exact to the letter. Strings of the cluster go into them only where they are plain. */
import type { Service } from '../../../model/kubernetes.ts';
import { inCommand, kubectl } from '../../wording.ts';

/** What keys and values of labels, and names of ports, are made of: nothing that a shell reads within single quotes. */
const PLAIN = /^[A-Za-z0-9._/-]*$/;

/** undefined where a string in it is not plain. */
const quoted = (patch: unknown, strings: readonly string[]): string | undefined =>
  strings.every((text) => PLAIN.test(text)) ? `'${JSON.stringify(patch)}'` : undefined;

const patchCommand = (
  { metadata: { name, namespace = 'default' } }: Service,
  patch: string | undefined,
  ...type: readonly string[]
): string | undefined =>
  patch === undefined
    ? undefined
    : kubectl(namespace, 'patch', 'service', inCommand(name, 'SERVICE'), ...type, '-p', patch);

/** `null` takes a label out of the selector. */
export const patchSelector = (
  service: Service,
  selector: Readonly<Record<string, string | null>>,
): string | undefined =>
  patchCommand(
    service,
    quoted(
      { spec: { selector } },
      Object.entries(selector).flatMap(([key, value]) => [key, value ?? '']),
    ),
  );

/** By place in the list, and only if the port still stands there: two ports may have one number. */
export const patchPort = (
  service: Service,
  port: number,
  protocol: string,
  field: 'targetPort' | 'protocol' | 'port' | 'name',
  value: number | string,
): string | undefined => {
  const index = (service.spec.ports ?? []).findIndex(
    (one) => one.port === port && (one.protocol ?? 'TCP') === protocol,
  );
  if (index === -1) return undefined;
  const at = `/spec/ports/${index}`;
  return patchCommand(
    service,
    quoted(
      [
        { op: 'test', path: `${at}/port`, value: port },
        { op: 'add', path: `${at}/${field}`, value },
      ],
      [String(value)],
    ),
    '--type=json',
  );
};

export const patchSpec = (service: Service, spec: Readonly<Record<string, string>>): string | undefined =>
  patchCommand(service, quoted({ spec }, Object.entries(spec).flat()));

/** `app=web,tier=front`, as `-l` takes it; undefined where a label is not plain. */
export const selectorInCommand = ({ spec: { selector = {} } }: Service): string | undefined => {
  const pairs = Object.entries(selector);
  return pairs.length > 0 && pairs.flat().every((text) => PLAIN.test(text))
    ? selectorText(selector)
    : undefined;
};

/** `app=web,tier=front` */
export const selectorText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
