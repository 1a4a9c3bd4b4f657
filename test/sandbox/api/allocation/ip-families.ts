/** Which address families a Service has. Source: pkg/registry/core/service/storage/alloc.go, initIPFamilyFields, and validation.go. */
import { type IpFamily, ipFamilyOf } from '../../families.ts';
import { deepEqual, type Loose } from '../json.ts';
import type { FieldProblem } from '../status.ts';

const POLICIES: readonly string[] = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const FAMILIES: readonly string[] = ['IPv4', 'IPv6'];

const problem = (field: string, value: Loose, detail: string): FieldProblem => ({
  type: 'invalid',
  field: `spec.${field}`,
  value,
  detail,
});

const quoted = (values: readonly string[]): string =>
  `supported values: ${values.map((value) => `"${value}"`).join(', ')}`;

/** Whether the fields are well formed, each for itself and together. */
const formProblems = ({ clusterIP, clusterIPs = [], ipFamilies = [], ipFamilyPolicy }: Loose) => {
  const problems: FieldProblem[] = [];
  if (clusterIP ? clusterIPs[0] !== clusterIP : clusterIPs.length > 0) {
    const detail = clusterIP
      ? 'first value must match `clusterIP`'
      : 'must be empty when `clusterIP` is not specified';
    problems.push(problem('clusterIPs', clusterIPs, detail));
  }
  ipFamilies.forEach((family: string, index: number) => {
    const field = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) {
      problems.push({ type: 'notSupported', field, value: family, detail: quoted(FAMILIES) });
    } else if (ipFamilies.indexOf(family) < index) problems.push({ type: 'duplicate', field, value: family });
  });
  if (!POLICIES.includes(ipFamilyPolicy)) {
    const field = 'spec.ipFamilyPolicy';
    problems.push({ type: 'notSupported', field, value: ipFamilyPolicy, detail: quoted(POLICIES) });
  }
  if (clusterIPs[0] === 'None') return problems;
  clusterIPs.forEach((address: string, index: number) => {
    const family = ipFamilies[index];
    if (family === undefined || family === ipFamilyOf(address)) return;
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    problems.push(problem(`clusterIPs[${index}]`, address, detail));
  });
  return problems;
};

const defaultPolicy = (spec: Loose, old: Loose): string => {
  if (old?.ipFamilyPolicy !== undefined) return old.ipFamilyPolicy;
  const isManual = Object.keys(spec.selector ?? {}).length === 0;
  return spec.clusterIP === 'None' && isManual ? 'RequireDualStack' : 'SingleStack';
};

/** A dual-stack Service loses its second address only by asking for one stack. */
const releaseProblems = (spec: Loose, old: Loose): readonly FieldProblem[] => {
  if (old === undefined) return [];
  const fewer = (field: string) => (spec[field]?.length ?? 0) < (old[field]?.length ?? 0);
  const kept = (field: string) => spec[field]?.length > 0 && fewer(field);
  const must = (what: string) =>
    problem('ipFamilyPolicy', spec.ipFamilyPolicy, `must be 'SingleStack' to release the secondary ${what}`);
  return [
    ...(kept('clusterIPs') ? [must('cluster IP')] : []),
    ...(kept('ipFamilies') ? [must('IP family')] : []),
  ];
};

const singleStackProblems = (spec: Loose): readonly FieldProblem[] => {
  const must = (what: string) =>
    problem(
      'ipFamilyPolicy',
      spec.ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(spec.clusterIPs?.length === 2 ? [must('cluster IPs')] : []),
    ...(spec.ipFamilies?.length === 2 ? [must('IP families')] : []),
  ];
};

/**
 * Settles `ipFamilyPolicy` and `ipFamilies`, in place. `old` is the stored spec of an update; `cluster` the families of the
 * cluster's Service ranges, its own default first.
 */
export const settleFamilies = (
  spec: Loose,
  old: Loose,
  cluster: readonly IpFamily[],
): readonly FieldProblem[] => {
  spec.ipFamilyPolicy ??= defaultPolicy(spec, old);
  const malformed = formProblems(spec);
  if (malformed.length > 0) return malformed;
  const single = spec.ipFamilyPolicy === 'SingleStack';
  for (const field of single && old !== undefined ? ['clusterIPs', 'ipFamilies'] : []) {
    if (deepEqual(spec[field], old[field])) spec[field] = spec[field]?.slice(0, 1);
  }
  const problems: FieldProblem[] = [...(single ? singleStackProblems(spec) : releaseProblems(spec, old))];
  const families: IpFamily[] = [...(spec.ipFamilies ?? [])];
  const headless = spec.clusterIP === 'None';
  for (const address of headless ? [] : (spec.clusterIPs ?? []).slice(families.length)) {
    const family = ipFamilyOf(address);
    const index = spec.clusterIPs.indexOf(address);
    if (cluster.includes(family)) families.push(family);
    else {
      const detail = `${family} is not configured on this cluster`;
      problems.push(problem(`clusterIPs[${index}]`, spec.clusterIPs, detail));
    }
  }
  if (problems.length > 0) return problems;

  // Whoever writes the endpoints of such a Service may use any family, whatever the cluster has.
  const anyFamily = headless && Object.keys(spec.selector ?? {}).length === 0;
  if (!anyFamily) {
    if (spec.ipFamilyPolicy === 'RequireDualStack' && cluster.length < 2) {
      const detail = 'this cluster is not configured for dual-stack services';
      problems.push(problem('ipFamilyPolicy', spec.ipFamilyPolicy, detail));
    }
    families.forEach((family, index) => {
      if (cluster.includes(family)) return;
      problems.push(problem(`ipFamilies[${index}]`, family, 'not configured on this cluster'));
    });
    if (problems.length > 0) return problems;
  }
  const [first = cluster[0] ?? 'IPv4'] = families;
  const other = first === 'IPv4' ? 'IPv6' : 'IPv4';
  const both = families.length === 2 || (!single && (anyFamily || cluster.includes(other)));
  spec.ipFamilies = both ? [first, other] : [first];
  return [];
};
