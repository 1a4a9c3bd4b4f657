/** After a run: save its case, judge it, show the report. Loaded while the debug container starts. */
import type { Case } from '../model/case.ts';
import type { CheckResult } from '../model/options.ts';
import type { Report } from '../model/report.ts';
import { planValue, renderPlan } from '../report/plan-text.ts';
import { asSaved, caseText } from './case-file.ts';
import type { CheckCommand } from './command.ts';
import { dataText } from './data-text.ts';
import { exitCode } from './exit-code.ts';
import { EXIT, SIGNAL_EXIT } from './exit-status.ts';
import type { RunPorts } from './ports.ts';
import { saveError } from './save-error.ts';
import { reportText, showReport } from './show-report.ts';
import { textOptions } from './terminal.ts';
import { writeReports } from './write-reports.ts';

const save = async (path: string, text: string, ports: RunPorts): Promise<unknown> => {
  try {
    await ports.files.writePrivate(path, text);
    return undefined;
  } catch (error) {
    return saveError(path, error);
  }
};

const showPlan = async (
  result: CheckResult,
  report: Report,
  command: CheckCommand,
  ports: RunPorts,
): Promise<number> => {
  const { dryRun } = command.check;
  const mode = dryRun === 'none' ? 'consent' : dryRun;
  const options = textOptions(command.output, ports.stdout, ports.env, ports.platform);
  const text =
    command.output.format === 'text'
      ? renderPlan(result, mode, report.findings, options)
      : await dataText(planValue(result, mode, report.findings), command.output.format);
  await ports.stdout.write(text);
  const code = exitCode(report, command.output.failOn);
  // Nothing was measured, and nothing was meant to be; only where a real run would not get in either it stays inconclusive.
  const { entry } = result.case;
  const wouldRun = entry.state === 'not-attempted' && entry.why === 'dry-run';
  return wouldRun && code === EXIT.inconclusive ? EXIT.healthy : code;
};

/**
 * Judges and renders what there is so far, for nothing but the warmth: Node compiles each function when it is first called, and
 * after the last answer that would be 40 ms of waiting.
 */
export const rehearseFinish = async (
  partial: Case,
  command: CheckCommand,
  ports: RunPorts,
): Promise<void> => {
  const judge = await ports.loadJudge();
  // Twice: what is called first is compiled, what is called again is compiled better.
  judge(asSaved(partial));
  await reportText(judge(asSaved(partial)), command.output, ports);
};

/** Resolves with the exit status. @throws UserError when a report could not be written; it is shown nevertheless. */
const judgeAndShow = async (result: CheckResult, command: CheckCommand, ports: RunPorts): Promise<number> => {
  const judge = await ports.loadJudge();
  const report = judge(asSaved(result.case));
  const { entry } = result.case;
  const waits = entry.state === 'not-attempted' && entry.why === 'needs-consent';
  let code: number;
  if (command.check.dryRun === 'none' && !waits) {
    await showReport(report, command.output, ports);
    code = exitCode(report, command.output.failOn);
  } else code = await showPlan(result, report, command, ports);
  const unwritten = await writeReports(report, command.reports, ports.files);
  if (unwritten !== undefined) throw unwritten;
  return code;
};

/** @throws UserError when a file could not be written; the report is shown nevertheless. */
export const finishCheck = async (
  result: CheckResult,
  command: CheckCommand,
  ports: RunPorts,
): Promise<number> => {
  const { case: theCase } = result;
  // Beside the judging, and whatever comes of that: should it fail, the case is what a report of that needs.
  const saving = command.save === undefined ? undefined : save(command.save, caseText(theCase), ports);
  let code: number;
  let unsaved: unknown;
  try {
    code = await judgeAndShow(result, command, ports);
  } finally {
    unsaved = await saving;
  }
  if (unsaved !== undefined) throw unsaved;
  const stopped = ports.stoppedBy();
  return stopped === undefined ? code : SIGNAL_EXIT[stopped];
};
