/** RBAC, decided from the Role and binding objects in the store. Source: k8s.io/kubernetes plugin/pkg/auth/authorizer/rbac. */
import type { KubeObject, Store } from '../../contract.ts';
import type { Loose } from '../json.ts';
import type { User } from './user.ts';

export type Attributes =
  | {
      readonly kind: 'resource';
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource: string;
      readonly namespace: string | undefined;
      readonly name: string | undefined;
    }
  | { readonly kind: 'path'; readonly verb: string; readonly path: string };

export interface Decision {
  readonly allowed: boolean;
  /** Empty unless a binding allowed it. */
  readonly reason: string;
}

interface Grant {
  readonly binding: KubeObject;
  readonly subject: Loose;
  readonly rules: readonly Loose[];
}

/** Members of this group are asked nothing. */
const PRIVILEGED_GROUP = 'system:masters';

const subjectMatches = (subject: Loose, user: User, bindingNamespace: string | undefined): boolean => {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount':
      return (
        user.name === `system:serviceaccount:${subject.namespace ?? bindingNamespace ?? ''}:${subject.name}`
      );
    default:
      return false;
  }
};

/** What the user is granted: by cluster role bindings, and in the namespace when one is given. */
export const grantsOf = (store: Store, user: User, namespace: string | undefined): readonly Grant[] => {
  const bindings = [
    ...store.list('clusterrolebindings'),
    ...(namespace ? store.list('rolebindings', namespace) : []),
  ];
  return bindings.flatMap((binding) => {
    const subjects: readonly Loose[] = binding.subjects ?? [];
    const subject = subjects.find((one) => subjectMatches(one, user, binding.metadata.namespace));
    if (subject === undefined) return [];
    const { roleRef } = binding;
    const role =
      roleRef.kind === 'Role'
        ? store.get('roles', binding.metadata.namespace, roleRef.name)
        : store.get('clusterroles', undefined, roleRef.name);
    return role === undefined ? [] : [{ binding, subject, rules: role.rules ?? [] }];
  });
};

const has = (list: readonly string[] | undefined, ...wanted: readonly string[]): boolean =>
  list !== undefined && wanted.some((value) => list.includes(value));

const pathMatches = (pattern: string, path: string): boolean =>
  pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));

export const ruleAllows = (rule: Loose, asked: Attributes): boolean => {
  if (!has(rule.verbs, '*', asked.verb)) return false;
  if (asked.kind === 'path') {
    const patterns: readonly string[] = rule.nonResourceURLs ?? [];
    return patterns.some((pattern) => pathMatches(pattern, asked.path));
  }
  const { resource, subresource } = asked;
  const whole = subresource === '' ? [resource] : [`${resource}/${subresource}`, `*/${subresource}`];
  return (
    has(rule.apiGroups, '*', asked.group) &&
    has(rule.resources, '*', ...whole) &&
    (!rule.resourceNames?.length || has(rule.resourceNames, asked.name ?? ''))
  );
};

const subjectText = (subject: Loose): string =>
  subject.kind === 'ServiceAccount'
    ? `ServiceAccount "${subject.name}/${subject.namespace}"`
    : `${subject.kind} "${subject.name}"`;

const grantText = ({ binding, subject }: Grant): string => {
  const { name, namespace } = binding.metadata;
  const shown = namespace === undefined ? name : `${name}/${namespace}`;
  return `RBAC: allowed by ${binding.kind} "${shown}" of ${binding.roleRef.kind} "${binding.roleRef.name}" to ${subjectText(subject)}`;
};

export const authorize = (store: Store, user: User, asked: Attributes): Decision => {
  if (user.groups.includes(PRIVILEGED_GROUP)) return { allowed: true, reason: '' };
  const namespace = asked.kind === 'resource' ? asked.namespace : undefined;
  const grant = grantsOf(store, user, namespace).find((one) =>
    one.rules.some((rule) => ruleAllows(rule, asked)),
  );
  return grant === undefined ? { allowed: false, reason: '' } : { allowed: true, reason: grantText(grant) };
};

/** Why it is refused, in the API server's words (after "… is forbidden: "). */
export const refusalText = (user: User, asked: Attributes): string => {
  if (asked.kind === 'path') return `User "${user.name}" cannot ${asked.verb} path "${asked.path}"`;
  const resource = asked.subresource === '' ? asked.resource : `${asked.resource}/${asked.subresource}`;
  const where = asked.namespace ? `in the namespace "${asked.namespace}"` : 'at the cluster scope';
  return `User "${user.name}" cannot ${asked.verb} resource "${resource}" in API group "${asked.group}" ${where}`;
};
