/** Words and commands that the rules share. */

/** `a`, `a and b`, `a, b and c` */
export const listed = (items: readonly string[]): string => {
  const last = items.at(-1);
  return items.length < 2 || last === undefined
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${last}`;
};

const MANY = 6;
/** The same, cut where it gets long: `a, b, c, d, e, f and 3 more`. */
export const listedShort = (items: readonly string[]): string =>
  items.length <= MANY ? listed(items) : listed([...items.slice(0, MANY), `${items.length - MANY} more`]);

/** `1 pod`, `2 pods` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

/** A message of the server or the kubelet as one line, cut where it gets long. */
export const oneLine = (text: string, limit = 400): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit)} …`;
};

/** Kubernetes object names (RFC 1123): the only strings of a cluster that are put into a command to type. */
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
export const inCommand = (name: string, placeholder: string): string =>
  OBJECT_NAME.test(name) ? name : placeholder;

/** Host names and addresses, as a shell takes them without quotes. */
export const hostInCommand = (host: string): string =>
  /^[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}$/.test(host) ? host : 'HOST';

/** `kubectl get pods -n shop`; `words` are constants or have passed `inCommand`. */
export const kubectl = (namespace: string, ...words: readonly string[]): string =>
  `kubectl ${words.join(' ')} -n ${inCommand(namespace, 'NAMESPACE')}`;

const COULD_BE = 'could be: ';
/** What was not seen, and would look like what was: told beside the evidence, and told apart from it. */
export const couldBe = (text: string): string => `${COULD_BE}${text}`;

/** First letter upper case: for a sentence that begins with a variable part. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
