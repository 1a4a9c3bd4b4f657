/** Pods: what is needed to create one, and what of one may change. Source: pkg/apis/core/validation/validation.go, shortened. */
import { copy, deepEqual, type Loose } from '../json.ts';
import { labelProblem } from '../names.ts';
import type { FieldProblem } from '../status.ts';

const portProblem = (port: Loose, field: string): readonly FieldProblem[] =>
  Number.isInteger(port) && port >= 1 && port <= 65_535
    ? []
    : [{ type: 'invalid', field, value: port, detail: 'must be between 1 and 65535, inclusive' }];

const containerListProblems = (containers: readonly Loose[], at: string): readonly FieldProblem[] => {
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const field = `${at}[${index}]`;
    const problems: FieldProblem[] = [];
    if (!container.name) problems.push({ type: 'required', field: `${field}.name` });
    else {
      const detail = labelProblem(container.name);
      if (detail !== undefined) {
        problems.push({ type: 'invalid', field: `${field}.name`, value: container.name, detail });
      }
      if (seen.has(container.name)) {
        problems.push({ type: 'duplicate', field: `${field}.name`, value: container.name });
      }
      seen.add(container.name);
    }
    if (!container.image) problems.push({ type: 'required', field: `${field}.image` });
    const ports: readonly Loose[] = container.ports ?? [];
    ports.forEach((port, number) => {
      problems.push(...portProblem(port.containerPort, `${field}.ports[${number}].containerPort`));
    });
    return problems;
  });
};

export const podSpecProblems = (spec: Loose, at: string): readonly FieldProblem[] => {
  const containers: readonly Loose[] = spec.containers ?? [];
  return [
    ...(containers.length === 0 ? [{ type: 'required' as const, field: `${at}.containers` }] : []),
    ...containerListProblems(containers, `${at}.containers`),
    ...containerListProblems(spec.initContainers ?? [], `${at}.initContainers`),
  ];
};

export const newPodProblems = (pod: Loose): readonly FieldProblem[] => [
  ...podSpecProblems(pod.spec, 'spec'),
  ...(pod.spec.ephemeralContainers?.length > 0
    ? [
        {
          type: 'forbidden' as const,
          field: 'spec.ephemeralContainers',
          detail: 'cannot be set on create',
        },
      ]
    : []),
];

/** The spec without what an update may change. */
const fixedPart = (pod: Loose): Loose => {
  const spec = copy(pod.spec);
  for (const one of [...spec.containers, ...(spec.initContainers ?? [])]) delete one.image;
  delete spec.activeDeadlineSeconds;
  delete spec.tolerations;
  delete spec.terminationGracePeriodSeconds;
  // Only the subresource changes these; strategies restore the old ones.
  delete spec.ephemeralContainers;
  return spec;
};

const MAY_CHANGE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export const podUpdateProblems = (before: Loose, after: Loose): readonly FieldProblem[] =>
  deepEqual(fixedPart(before), fixedPart(after))
    ? []
    : [{ type: 'forbidden', field: 'spec', detail: MAY_CHANGE }];
