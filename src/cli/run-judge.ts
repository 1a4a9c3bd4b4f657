/** `judge CASE.json`: the verdict of a saved case, the same as that of the run which saved it. */
import { UserError } from '../errors.ts';
import { fileErrorReason } from '../file-error.ts';
import type { Case } from '../model/case.ts';
import { readCase } from './case-file.ts';
import type { JudgeCommand } from './command.ts';
import { exitCode } from './exit-code.ts';
import type { RunPorts } from './ports.ts';
import { showReport } from './show-report.ts';
import { tryReports, writeReports } from './write-reports.ts';

const load = async (file: string, ports: RunPorts): Promise<Case> => {
  const name = file === '-' ? 'stdin' : file;
  try {
    return readCase(await ports.files.read(file, ports.signal), name);
  } catch (error) {
    const reason = ports.signal.aborted ? undefined : fileErrorReason(error);
    if (reason === undefined) throw error;
    throw new UserError({
      code: 'case-unreadable',
      message: `cannot read ${name}`,
      reason,
      next: ['kubectl netcheck POD --save case.json'],
      cause: error,
    });
  }
};

/** @throws UserError when the file is missing or holds no case of this version, or a report cannot be written. */
export const runJudge = async (command: JudgeCommand, ports: RunPorts): Promise<number> => {
  const value = await load(command.file, ports);
  await tryReports(command.reports, ports.files);
  const judge = await ports.loadJudge();
  const report = judge(value);
  await showReport(report, command.output, ports);
  const unwritten = await writeReports(report, command.reports, ports.files);
  if (unwritten !== undefined) throw unwritten;
  return exitCode(report, command.output.failOn);
};
