/** `kubectl netcheck POD`: check, then finish. */
import { UserError } from '../errors.ts';
import { redactText } from '../redact.ts';
import { visible, visibleAscii } from '../report/safe.ts';
import { durationText } from '../report/screen.ts';
import type { CheckCommand } from './command.ts';
import type { RunPorts } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { saveError } from './save-error.ts';
import { takesUtf8 } from './terminal.ts';
import { tryReports } from './write-reports.ts';

const loadFinish = () => import('./finish-check.ts');

const DEFAULT_WIDTH = 80;

const progressOf = (command: CheckCommand, ports: RunPorts): Progress => {
  const { stderr, env } = ports;
  const terminal = stderr.isTerminal && env.TERM !== 'dumb';
  return createProgress({
    terminal,
    quiet: command.output.format !== 'text' || (env.CI ?? '') !== '',
    width: stderr.columns ?? DEFAULT_WIDTH,
    clean: (text) => (takesUtf8(env, ports.platform) ? visible : visibleAscii)(redactText(text)),
    // Progress is a courtesy: where stderr is gone the run goes on.
    write: (text) => void stderr.write(text).catch(() => undefined),
    later: ports.later,
  });
};

/** Asked before the run, as a run leaves a container in the pod: it should not be for nothing. */
const trySave = async (path: string, ports: RunPorts): Promise<void> => {
  await ports.files.tryWrite(path).catch((error: unknown) => {
    throw saveError(path, error);
  });
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
  await tryReports(command.reports, ports.files);
  const progress = progressOf(command, ports);
  const check = await ports.loadCheck();
  const result = await check(command.check, {
    progress: (event) => {
      progress.tell(event);
      // Loaded while the debug container starts, when there is nothing else to do.
      if (event.stage === 'wait') void Promise.all([loadFinish(), ports.loadJudge()]);
    },
    rehearse: (partial) =>
      // What fails here fails again at the end, where it is told.
      void loadFinish()
        .then(({ rehearseFinish }) => rehearseFinish(partial, command, ports))
        .catch(() => undefined),
    signal: ports.signal,
    env: ports.env,
    now: ports.now,
  })
    .catch((error: unknown) => {
      throw timedOut(error, command);
    })
    .finally(progress.end);
  const { finishCheck } = await loadFinish();
  return finishCheck(result, command, ports);
};
