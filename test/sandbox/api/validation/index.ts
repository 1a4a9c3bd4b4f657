/** Checks an object before it is stored. Only what the sandbox's users can be expected to get wrong; unknown fields pass. */
import { deepEqual, type Loose } from '../json.ts';
import { labelProblem, subdomainProblem } from '../names.ts';
import { type FieldProblem, invalid } from '../status.ts';
import { newPodProblems, podSpecProblems, podUpdateProblems } from './pod.ts';

/** Kinds whose names may hold more than a DNS name. */
const ANY_NAME: readonly string[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
const LABEL_NAME: readonly string[] = ['Namespace', 'Service'];

const nameProblems = ({ kind, metadata }: Loose): readonly FieldProblem[] => {
  const { name } = metadata;
  if (!name) {
    const detail = 'name or generateName is required';
    return [{ type: 'required', field: 'metadata.name', detail }];
  }
  const check = LABEL_NAME.includes(kind) ? labelProblem : subdomainProblem;
  const detail = ANY_NAME.includes(kind) ? undefined : check(name);
  return detail === undefined ? [] : [{ type: 'invalid', field: 'metadata.name', value: name, detail }];
};

const serviceProblems = ({ spec }: Loose): readonly FieldProblem[] => {
  const ports: readonly Loose[] = spec.ports ?? [];
  if (spec.type === 'ExternalName') {
    return spec.externalName ? [] : [{ type: 'required', field: 'spec.externalName' }];
  }
  if (ports.length === 0 && spec.clusterIP !== 'None') return [{ type: 'required', field: 'spec.ports' }];
  return ports.flatMap((port, index): FieldProblem[] => {
    const field = `spec.ports[${index}]`;
    const problems: FieldProblem[] = [];
    if (ports.length > 1 && !port.name) problems.push({ type: 'required', field: `${field}.name` });
    if (!(port.port >= 1 && port.port <= 65_535)) {
      const detail = 'must be between 1 and 65535, inclusive';
      problems.push({ type: 'invalid', field: `${field}.port`, value: port.port ?? 0, detail });
    }
    return problems;
  });
};

const WITH_TEMPLATE: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'];

const templateProblems = ({ kind, spec }: Loose): readonly FieldProblem[] => {
  const problems = [...podSpecProblems(spec.template?.spec ?? {}, 'spec.template.spec')];
  if (kind === 'Job') return problems;
  const wanted = spec.selector?.matchLabels ?? {};
  const labels = spec.template?.metadata?.labels ?? {};
  if (Object.keys(wanted).length === 0 && !spec.selector?.matchExpressions?.length) {
    problems.push({ type: 'required', field: 'spec.selector' });
  } else if (!Object.entries(wanted).every(([key, value]) => labels[key] === value)) {
    const detail = '`selector` does not match template `labels`';
    problems.push({ type: 'invalid', field: 'spec.template.metadata.labels', value: labels, detail });
  }
  return problems;
};

const kindProblems = (before: Loose, after: Loose): readonly FieldProblem[] => {
  if (after.kind === 'Pod') return before ? podUpdateProblems(before, after) : newPodProblems(after);
  if (after.kind === 'Service') return serviceProblems(after);
  if (WITH_TEMPLATE.includes(after.kind)) {
    const changed = before && after.kind !== 'Job' && !deepEqual(before.spec.selector, after.spec.selector);
    return [
      ...templateProblems(after),
      ...(changed
        ? [
            {
              type: 'invalid' as const,
              field: 'spec.selector',
              value: after.spec.selector,
              detail: 'field is immutable',
            },
          ]
        : []),
    ];
  }
  if (before && 'roleRef' in after && !deepEqual(before.roleRef, after.roleRef)) {
    return [{ type: 'invalid', field: 'roleRef', value: after.roleRef, detail: 'cannot change roleRef' }];
  }
  return [];
};

/** Throws 422. `before` is undefined for a creation. */
export const validate = (group: string, before: Loose, after: Loose): void => {
  const problems = [...nameProblems(after), ...kindProblems(before, after)];
  if (problems.length > 0) throw invalid(group, after.kind, after.metadata.name ?? '', problems);
};
