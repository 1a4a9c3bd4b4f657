/** From findings and checks to the verdict: what is broken, what it follows from, and what could not be told. */
import { isGate } from '../codes/index.ts';
import type { Finding } from '../model/finding.ts';
import { layerDepth } from '../model/layer.ts';
import type { Check, Verdict } from '../model/report.ts';
import { explains } from './explains.ts';
import { counted, listed, unique } from './wording.ts';

/** Lowest layer first; where that is the same, causes before symptoms. */
const byDepth = (a: Finding, b: Finding): number =>
  layerDepth(a.layer) - layerDepth(b.layer) || Number(a.role === 'symptom') - Number(b.role === 'symptom');

/** Both would explain the same, and this one was seen for certain. */
const outweighs = (one: Finding, other: Finding, findings: readonly Finding[]): boolean =>
  one !== other &&
  one.role === 'cause' &&
  other.role === 'cause' &&
  one.confidence === 'certain' &&
  other.confidence !== 'certain' &&
  findings.some((effect) => explains(one, effect) && explains(other, effect));

/** The root and everything that follows from it, directly or through others. */
const following = (root: Finding, findings: readonly Finding[]): readonly Finding[] => {
  const reached: Finding[] = [root];
  for (const cause of reached)
    reached.push(...findings.filter((effect) => explains(cause, effect) && !reached.includes(effect)));
  return reached;
};

/** In order of explanation: each after all that explain it. */
const chainFrom = (root: Finding, findings: readonly Finding[]): readonly Finding[] => {
  const chain: Finding[] = [];
  const waiting = [...following(root, findings)];
  while (waiting.length > 0) {
    const free = waiting.findIndex((effect) => !waiting.some((cause) => explains(cause, effect)));
    chain.push(...waiting.splice(Math.max(0, free), 1));
  }
  return chain;
};

const CONFIDENCE = { certain: '', likely: 'Likely: ', possible: 'Possibly: ' } as const;

const said = ({ confidence, summary }: Finding): string => `${CONFIDENCE[confidence]}${summary}`;

const codes = (findings: readonly Finding[]): readonly string[] => unique(findings.map(({ code }) => code));

export interface Unknowns {
  /** Something that was asked for did not arrive: never healthy. */
  readonly run: readonly string[];
  readonly checks: readonly string[];
  /** Of these, the ones that do not merely wait for something else that failed. */
  readonly ownChecks: readonly string[];
  readonly evidence: readonly string[];
}

const broken = (errors: readonly Finding[], unknowns: Unknowns): Verdict | undefined => {
  const all = errors.filter((error) => !errors.some((other) => explains(other, error))).sort(byDepth);
  const roots = all.filter((root) => !all.some((other) => outweighs(other, root, errors)));
  const root = roots[0] ?? [...errors].sort(byDepth)[0];
  if (root === undefined) return undefined;
  const chain = chainFrom(root, errors);
  return {
    status: 'broken',
    summary: said(root),
    chain: codes(chain),
    others: codes([...errors].filter(({ code }) => !codes(chain).includes(code)).sort(byDepth)),
    // What could not be looked at matters only where no cause was found for certain.
    unknowns: [
      ...unknowns.run,
      ...unknowns.ownChecks,
      ...(root.confidence === 'certain' ? [] : unknowns.evidence),
    ],
  };
};

/**
 * Beside a warning, something that was asked may have failed: then it claims the checks alone, and names what is worth a look. So it
 * does where part of the plan was left out.
 */
const healthySummary = (
  subject: string,
  passed: string,
  warnings: readonly Finding[],
  narrowed: boolean,
  destination: string | undefined,
): string => {
  const rest = narrowed ? '; the other checks were left out (--only, --skip)' : '';
  if (warnings.length > 0)
    return `${subject} ${destination === undefined || narrowed ? `passed ${passed}` : `reaches ${destination}: ${passed} passed`}, with ${counted(warnings.length, 'warning')}: ${listed(unique(warnings.map(({ code, id }) => `${code} ${id}`)))}${rest}`;
  return narrowed
    ? `${subject} passed ${passed}${rest}`
    : `${subject} reaches ${destination ?? 'everything that was asked'}: ${passed} passed`;
};

/**
 * Healthy only where every check that applies was measured and passed, every answer that was asked for is in, and no error was
 * found. A failed check that no finding names is inconclusive, not healthy.
 */
export const conclude = (
  subject: string,
  findings: readonly Finding[],
  checks: readonly Check[],
  unknowns: Unknowns,
  entered: boolean,
  narrowed: boolean,
  /** What was asked for, by its name; undefined: what every pod needs. */
  destination?: string,
): Verdict => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const verdict = broken(errors, unknowns);
  if (verdict !== undefined) return verdict;

  const gates = findings
    // Of a way that was not gone in the end it is only told.
    .filter(({ code, severity }) => isGate(code) && severity !== 'info')
    .sort((a, b) => byDepth(a, b) || Number(explains(b, a)) - Number(explains(a, b)));
  const unnamed = checks
    .filter(({ state }) => state === 'failed')
    .map(({ id, detail }) => `${id} failed, and no finding names it: ${detail}`);
  const reasons = [...unknowns.run, ...unnamed, ...unknowns.checks];
  const [gate] = gates;
  if (gate !== undefined || reasons.length > 0)
    return {
      status: 'inconclusive',
      summary:
        gate !== undefined
          ? `the pod's network was not measured${entered ? ' to the end' : ''}, because of ${gate.code} ${gate.id}`
          : `the pod's network was not measured${entered ? ' to the end' : ''}: ${reasons[0] ?? ''}`,
      chain: codes(gates),
      others: [],
      unknowns: [...reasons, ...unknowns.evidence],
    };

  return {
    status: 'healthy',
    summary: healthySummary(
      subject,
      counted(checks.filter(({ state }) => state === 'ok').length, 'check'),
      findings.filter(({ severity }) => severity === 'warning'),
      narrowed,
      destination,
    ),
    chain: [],
    others: [],
    unknowns: [],
  };
};
