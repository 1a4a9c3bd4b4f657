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

/** The smallest Role that holds exactly these rights, and its binding. USER stands where the one to be bound goes. */
export const roleFor = (rights: readonly MissingRight[], namespace: string): string => {
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
- apiGroup: rbac.authorization.k8s.io
  kind: User
  name: USER
`;
};
