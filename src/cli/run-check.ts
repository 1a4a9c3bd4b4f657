/** `kubectl netcheck POD`: check, save, judge, show. */
import { UserError } from '../errors.ts';
import type { CheckResult } from '../model/options.ts';
import type { Report } from '../model/report.ts';
import { renderPlan, renderPlanJson } from '../report/plan-text.ts';
import { visible, visibleAscii } from '../report/safe.ts';
import { durationText } from '../report/screen.ts';
import { asSaved, caseText } from './case-file.ts';
import type { CheckCommand } from './command.ts';
import { EXIT, exitCode, SIGNAL_EXIT } from './exit-code.ts';
import { fileErrorReason } from './file-error.ts';
import type { RunPorts } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { showReport } from './run-judge.ts';
import { takesUtf8, textOptions } from './terminal.ts';

const DEFAULT_WIDTH = 80;

const progressOf = (command: CheckCommand, ports: RunPorts): Progress => {
  const { stderr, env } = ports;
  const terminal = stderr.isTerminal && env.TERM !== 'dumb';
  return createProgress({
    terminal,
    quiet: command.output.format === 'json' || (env.CI ?? '') !== '',
    width: stderr.columns ?? DEFAULT_WIDTH,
    clean: takesUtf8(env, ports.platform) ? visible : visibleAscii,
    // Progress is a courtesy: where stderr is gone the run goes on.
    write: (text) => void stderr.write(text).catch(() => undefined),
    later: ports.later,
  });
};

const saveError = (path: string, error: unknown): unknown => {
  const reason = fileErrorReason(error);
  if (reason === undefined) return error;
  return new UserError({ code: 'save-failed', message: `cannot write ${path}`, reason, cause: error });
};

/** Asked before the run, as a run leaves a container in the pod: it should not be for nothing. */
const trySave = async (path: string, ports: RunPorts): Promise<void> => {
  await ports.files.tryWrite(path).catch((error: unknown) => {
    throw saveError(path, error);
  });
};

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
  const mode = command.check.dryRun === 'server' ? 'server' : 'client';
  const options = textOptions(command.output, ports.stdout, ports.env, ports.platform);
  const text =
    command.output.format === 'json'
      ? renderPlanJson(result, mode, report.findings)
      : renderPlan(result, mode, report.findings, options);
  await ports.stdout.write(text);
  const code = exitCode(report, command.output.failOn);
  // Nothing was measured, and nothing was meant to be; only where a real run would not get in either it stays inconclusive.
  const { entry } = result.case;
  const wouldRun = entry.state === 'not-attempted' && entry.why === 'dry-run';
  return wouldRun && code === EXIT.inconclusive ? EXIT.healthy : code;
};

/** `--timeout` passed before there was anything to judge. */
const timedOut = (error: unknown, command: CheckCommand): unknown =>
  error instanceof Error && error.name === 'TimeoutError'
    ? new UserError({
        code: 'timed-out',
        message: `the API server gave no usable answer within ${durationText(command.check.timeoutMs)}`,
        reason: 'nothing is known of the pod yet, so there is nothing to judge',
        next: ['kubectl cluster-info', 'kubectl netcheck POD --timeout 2m'],
        cause: error,
      })
    : error;

/** @throws UserError */
export const runCheck = async (command: CheckCommand, ports: RunPorts): Promise<number> => {
  if (command.save !== undefined) await trySave(command.save, ports);
  const progress = progressOf(command, ports);
  const check = await ports.loadCheck();
  const result = await check(command.check, {
    progress: (event) => {
      progress.tell(event);
      // Loaded while the debug container starts, when there is nothing else to do.
      if (event.stage === 'wait') void ports.loadJudge();
    },
    signal: ports.signal,
    env: ports.env,
    now: ports.now,
  })
    .catch((error: unknown) => {
      throw timedOut(error, command);
    })
    .finally(progress.end);
  // Saved before it is judged: should judging fail, the case is what a report of that needs.
  const unsaved =
    command.save === undefined ? undefined : await save(command.save, caseText(result.case), ports);
  const judge = await ports.loadJudge();
  const report = judge(asSaved(result.case));
  let code: number;
  if (command.check.dryRun === 'none') {
    await showReport(report, command.output, ports);
    code = exitCode(report, command.output.failOn);
  } else code = await showPlan(result, report, command, ports);
  if (unsaved !== undefined) throw unsaved;
  const stopped = ports.stoppedBy();
  return stopped === undefined ? code : SIGNAL_EXIT[stopped];
};
