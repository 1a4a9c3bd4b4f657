/** What every form of the report says alike: of the verdict, of the chain, of the run. Raw text: each form encodes it. */
import type { Finding } from '../model/finding.ts';
import type { Check, LayerLine, Report, Verdict } from '../model/report.ts';
import { durationText } from './screen.ts';

const LIKELIHOOD: Readonly<Record<Finding['confidence'], string>> = {
  certain: '',
  likely: ', likely',
  possible: ', possibly',
};

/**
 * What a probe saw is so; only its cause is open, and that is said in words. Not so of a certificate that nobody is known to have signed:
 * there it is open whether apps trust it.
 */
export const isMeasured = ({ role, id }: Finding): boolean =>
  role === 'symptom' && id !== 'certificate-untrusted';
/** `, likely`; empty where it is certain. */
export const likelihood = (finding: Finding): string =>
  isMeasured(finding) ? '' : LIKELIHOOD[finding.confidence];

export const CAUSE_OPEN = 'This was measured. What causes it was not found.';

/** One code can have fired for several things. */
export const findingsOf = (report: Report, code: string): readonly Finding[] =>
  report.findings.filter((finding) => finding.code === code);

/** What follows from the root; only where something is broken is the chain one of consequences. */
export const consequences = ({ status, chain }: Verdict): readonly string[] =>
  status === 'broken' ? chain.slice(1) : [];

export const rootOf = (report: Report): Finding | undefined => {
  const [code] = report.verdict.chain;
  return code === undefined ? undefined : findingsOf(report, code)[0];
};

/** A command that is typed in a container of the pod. */
export const isInPod = (command: string): boolean => !/^kubectl /.test(command);

export const explainCommand = ({ code }: Finding): string => `kubectl netcheck explain ${code}`;

/** Without the newlines at its end: a mend may be YAML. */
export const mendLines = (mend: string): readonly string[] => mend.replace(/\n+$/, '').split('\n');

/** `shop/client-7858598c99-mrxcc` */
export const subjectOf = ({ target }: Report): string => `${target.namespace}/${target.pod}`;

/** `broken, likely: NC3101 dns-service-without-endpoints` */
export const headline = (report: Report): string => {
  const { status, summary } = report.verdict;
  const root = rootOf(report);
  return root === undefined
    ? `${status}: ${summary}`
    : `${status}${likelihood(root)}: ${root.code} ${root.id}`;
};

/** How sure, and how bad: `error, likely`. */
export const gravity = (finding: Finding): string => `${finding.severity}${likelihood(finding)}`;

/** As the screen's glyphs, but for the hyphen, which begins a list in Markdown. */
export const GLYPHS: Readonly<
  Record<LayerLine['state'] | Check['state'] | Verdict['status'] | Finding['severity'], string>
> = {
  ok: '✔',
  healthy: '✔',
  warning: '!',
  info: '–',
  error: '✖',
  broken: '✖',
  failed: '✖',
  unknown: '?',
  inconclusive: '?',
  'not-run': '–',
  'not-applicable': '–',
};

/** ` (12 ms)`, or nothing where it is not known. */
export const took = ({ durationMs }: { readonly durationMs?: number | undefined }): string =>
  durationMs === undefined ? '' : ` (${durationText(durationMs)})`;

/** Name and value of what the run was about. */
export const runFacts = (report: Report): readonly (readonly [name: string, value: string])[] => {
  const { target, destination } = report;
  const picked = target.pickedFrom;
  return [
    ['pod', subjectOf(report)],
    ...(picked === undefined ? [] : [['picked from', `${picked.owner}, 1 of ${picked.count}`] as const]),
    ...(target.node === undefined ? [] : [['node', target.node] as const]),
    ...(target.podIPs.length === 0 ? [] : [['addresses', target.podIPs.join(', ')] as const]),
    ...(destination === undefined ? [] : [['to', destination.requested] as const]),
    ['gathered', report.gatheredAt],
    ['took', durationText(report.durationMs)],
    ['netcheck', report.toolVersion],
    ...(report.notes ?? []).map((note) => ['note', note] as const),
  ];
};
