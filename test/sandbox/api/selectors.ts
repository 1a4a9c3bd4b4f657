/** Label and field selectors, as strings in a query and as LabelSelector objects. */
import type { KubeObject } from '../contract.ts';
import type { Loose } from './json.ts';
import { badRequest } from './status.ts';

type Match = (object: KubeObject) => boolean;
type Labels = Readonly<Record<string, string>>;

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

const meets = (labels: Labels, { key, operator, values }: Requirement): boolean => {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
  }
};

const SET = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/;
const EQUAL = /^([^\s!=<>]+)\s*(==|=|!=|>|<)\s*(\S*)$/;
const EXISTS = /^(!?)\s*([^\s!=<>()]+)$/;

const parseRequirement = (text: string, whole: string): Requirement => {
  const asSet = SET.exec(text);
  if (asSet?.[1] !== undefined) {
    const values = (asSet[3] ?? '').split(',').map((value) => value.trim());
    return { key: asSet[1], operator: asSet[2] === 'in' ? 'In' : 'NotIn', values };
  }
  const equal = EQUAL.exec(text);
  if (equal?.[1] !== undefined) {
    const operators = new Map<string, Requirement['operator']>([
      ['!=', 'NotIn'],
      ['>', 'Gt'],
      ['<', 'Lt'],
    ]);
    const operator = operators.get(equal[2] ?? '') ?? 'In';
    return { key: equal[1], operator, values: [equal[3] ?? ''] };
  }
  const exists = EXISTS.exec(text);
  if (exists?.[2] !== undefined) {
    return { key: exists[2], operator: exists[1] === '!' ? 'DoesNotExist' : 'Exists', values: [] };
  }
  throw badRequest(`unable to parse requirement: couldn't parse the selector string "${whole}"`);
};

/** Splits at commas that stand outside of parentheses. */
const splitRequirements = (text: string): readonly string[] =>
  text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const labelMatcher = (text: string): Match => {
  const requirements = splitRequirements(text).map((part) => parseRequirement(part, text));
  return (object) => {
    const labels = object.metadata.labels ?? {};
    return requirements.every((requirement) => meets(labels, requirement));
  };
};

/** A metav1.LabelSelector; an empty one selects everything, undefined nothing. */
export const selects = (selector: Loose, labels: Labels | undefined): boolean => {
  if (selector === undefined || selector === null) return false;
  const own = labels ?? {};
  const pairs: readonly [string, Loose][] = Object.entries(selector.matchLabels ?? {});
  const expressions: readonly Loose[] = selector.matchExpressions ?? [];
  return (
    pairs.every(([key, value]) => own[key] === value) &&
    expressions.every((one) => meets(own, { key: one.key, operator: one.operator, values: one.values ?? [] }))
  );
};

const METADATA_FIELDS: readonly string[] = ['metadata.name', 'metadata.namespace'];
/** Fields that a selector may name beside those of metadata. Source: the resources' registry strategies. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
    'regarding.kind',
    'regarding.namespace',
    'regarding.name',
    'regarding.uid',
    'regarding.fieldPath',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  services: ['spec.clusterIP', 'spec.type'],
  secrets: ['type'],
  replicasets: ['status.replicas'],
  replicationcontrollers: ['status.replicas'],
  jobs: ['status.successful'],
};

const fieldValue = (object: Loose, path: string): string => {
  const at = path.replace(/^regarding\./, 'involvedObject.');
  if (at === 'source') return object.source?.component ?? '';
  const value = at.split('.').reduce((part: Loose, key) => part?.[key], object);
  if (value === undefined || value === null) {
    return at === 'spec.unschedulable' || at === 'spec.hostNetwork' ? 'false' : '';
  }
  return String(value);
};

const FIELD = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/;

export const fieldMatcher = (resource: string, text: string): Match => {
  const allowed = [...METADATA_FIELDS, ...(FIELDS[resource] ?? [])];
  const terms = splitRequirements(text).map((part) => {
    const [, path = '', sign, value = ''] = FIELD.exec(part) ?? [];
    if (path === '') throw badRequest(`invalid field selector: "${text}"; can't understand '${part}'`);
    if (!allowed.includes(path)) throw badRequest(`field label not supported: ${path}`);
    return { path, negated: sign === '!=', value: value.replaceAll(/\\(.)/g, '$1') };
  });
  return (object) =>
    terms.every(({ path, negated, value }) => (fieldValue(object, path) === value) !== negated);
};

/** Both selectors of a list, watch or deletecollection. */
export const queryMatcher = (resource: string, query: URLSearchParams): Match => {
  const labels = labelMatcher(query.get('labelSelector') ?? '');
  const fields = fieldMatcher(resource, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
};
