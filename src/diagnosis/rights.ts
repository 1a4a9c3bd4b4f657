/** What to type about a right that is missing. */
import type { MissingRight } from '../model/evidence.ts';
import { inCommand, unique } from './wording.ts';

/** `patch pods/ephemeralcontainers in namespace shop` */
export const rightText = ({ verb, resource, namespace }: MissingRight): string =>
  `${verb} ${resource}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;

/** Lower-case words only: what kubectl takes for a verb, a resource or an API group. */
const WORD = /^[a-z][a-z0-9.-]*$/;
const word = (text: string, placeholder: string): string => (WORD.test(text) ? text : placeholder);
const split = ({ resource, group }: MissingRight) => {
  const [name = '', sub] = resource.split('/');
  return {
    name: word(name, 'RESOURCE') + (group === '' ? '' : `.${word(group, 'GROUP')}`),
    sub: sub === undefined ? undefined : word(sub, 'SUBRESOURCE'),
  };
};

/** A subresource goes into its flag: `can-i patch pods/ephemeralcontainers` would ask about a pod of that name, and say yes. */
export const canI = (right: MissingRight): string => {
  const { name, sub } = split(right);
  const namespace = right.namespace === undefined ? '' : ` -n ${inCommand(right.namespace, 'NAMESPACE')}`;
  return `kubectl auth can-i ${word(right.verb, 'VERB')} ${name}${sub === undefined ? '' : ` --subresource=${sub}`}${namespace}`;
};

const ruleOf = ({ verb, resource, group }: MissingRight): string => {
  const path = resource
    .split('/')
    .map((part) => word(part, 'RESOURCE'))
    .join('/');
  return `- apiGroups: ["${group === '' ? '' : word(group, 'GROUP')}"]\n  resources: ["${path}"]\n  verbs: ["${word(verb, 'VERB')}"]`;
};

const SERVICE_ACCOUNT = /^system:serviceaccount:(?<namespace>[a-z0-9-]+):(?<name>[a-z0-9.-]+)$/;

/** As YAML takes any name. */
const subjectOf = (user: string | undefined): string => {
  const account = SERVICE_ACCOUNT.exec(user ?? '')?.groups;
  if (account !== undefined)
    return `- kind: ServiceAccount\n  name: ${account.name}\n  namespace: ${account.namespace}`;
  const name = user === undefined ? 'USER' : JSON.stringify(user);
  return `- apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: ${name}`;
};

/** The smallest Role that holds exactly these rights, and its binding; USER where it is not known who lacks them. */
export const roleFor = (rights: readonly MissingRight[], namespace: string, user?: string): string => {
  const place = inCommand(namespace, 'NAMESPACE');
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: netcheck
  namespace: ${place}
rules:
${unique(rights.map(ruleOf)).join('\n')}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: netcheck
  namespace: ${place}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: netcheck
subjects:
${subjectOf(user)}
`;
};
